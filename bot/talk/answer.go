package talk

import (
	"context"

	"lianwen/index"
)

// answer searches and composes the reply. In talk the reply offers digits;
// otherwise, as for the ask command, nobody can send one.
func (t *turn) answer(ctx context.Context, q index.Query, talk bool) (Answer, error) {
	res, err := t.search(ctx, q)
	if err != nil {
		return Answer{}, err
	}
	t.result = res
	if n := len(t.corpus.LeftOut); talk && n > 0 && res.Outcome == index.None {
		t.config.Log.Info("没有查到；制度库里有文件没有用上，也许就在其中", "没有用上", n)
	}
	text := t.compose(res, talk)
	t.leanable(q, res, text)
	return Answer{Result: res, Text: text}, nil
}

// before is what the message may lean on: the question before it and what was
// quoted for that, as far as the corpus still has it.
func (t *turn) before() index.Said {
	said := index.Said{Question: t.state.asked, Reply: t.state.replied}
	for _, key := range t.state.quoted {
		if a := t.corpus.Article(key); a != nil {
			said.Articles = append(said.Articles, a)
		}
	}
	return said
}

// leanable lets the next message lean on a question and what was found for it. A
// question that found nothing is nothing to lean on.
func (t *turn) leanable(q index.Query, res index.Result, reply string) {
	if res.Outcome == index.None {
		return
	}
	said := res.Said(q)
	t.state.asked, t.state.replied, t.state.quoted, t.changed = said.Question, reply, nil, true
	for _, a := range said.Articles {
		t.state.quoted = append(t.state.quoted, a.Key())
	}
}
