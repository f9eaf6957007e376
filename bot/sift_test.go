package bot_test

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"lianwen/bot"
)

const secret = "机密★10年\n关于换届人选的通知"

// However a message that must not be kept is written down, nothing of it is, nor of what
// came beside it.
func TestSift(t *testing.T) {
	t.Parallel()
	for name, in := range map[string]bot.Incoming{
		"text":   {MessageID: "1", Sender: "@a", Text: secret},
		"beside": {MessageID: "1", Sender: "@a", Kind: bot.Media, Text: "文件", Beside: "机密★关于换届人选的通知.docx"},
		"quoted": {MessageID: "1", Sender: "@a", Text: "这个能发吗", Beside: "「" + secret + "」"},
	} {
		got := bot.Sift(in)
		if got.Kind != bot.Held || got.Text != "密级或内部标志" || got.Beside != "" || got.MessageID != "1" || got.Sender != "@a" {
			t.Errorf("%s: %+v", name, got)
		}
		if again := bot.Sift(got); again != got {
			t.Errorf("%s: sifted twice it is %+v", name, again)
		}
		raw, err := json.Marshal(bot.Letter{In: in})
		if err != nil || strings.Contains(string(raw), "换届") || strings.Contains(string(raw), "10年") {
			t.Errorf("%s: %s, %v", name, raw, err)
		}
		var back bot.Letter
		if err := json.Unmarshal(raw, &back); err != nil || back.In != got {
			t.Errorf("%s: read back as %+v, %v", name, back.In, err)
		}
	}
	for _, in := range []bot.Incoming{
		{Text: "机密★10年是什么意思", Remark: "A01 张三", Beside: "「提案什么时候截止」"},
		{Kind: bot.Media, Text: "文件", Beside: "提案.docx"},
		{Kind: bot.Joined},
	} {
		want := in
		want.Beside = ""
		if got := bot.Sift(in); got != want {
			t.Errorf("%+v became %+v", in, got)
		}
		raw, err := json.Marshal(in)
		var back bot.Incoming
		if err := errors.Join(err, json.Unmarshal(raw, &back)); err != nil || back != want {
			t.Errorf("read back as %+v, %v", back, err)
		}
	}
	raw, err := json.Marshal(bot.Incoming{Text: "好", Remark: "A01 张三 机密★10年"})
	if err != nil || strings.Contains(string(raw), "张三") || !strings.Contains(string(raw), "好") {
		t.Errorf("a remark: %s, %v", raw, err)
	}
}

func TestUnkeepable(t *testing.T) {
	t.Parallel()
	if err := bot.Unkeepable("事由里", "出差", "家里老人住院"); err != nil {
		t.Error(err)
	}
	err := bot.Unkeepable("事由里", "出差", secret)
	if bot.CodeOf(err) != bot.Invalid || !strings.HasPrefix(bot.Say(err), "事由里带有密级或内部标志，没有记下") || strings.Contains(bot.Say(err), "换届") {
		t.Errorf("%v", err)
	}
}

// What is logged of a panic tells nothing of a message.
func TestPanicked(t *testing.T) {
	t.Parallel()
	defer func() {
		if got := bot.Panicked(recover()); !strings.Contains(got, "index out of range") {
			t.Errorf("%q", got)
		}
		if got := bot.Panicked(secret) + bot.Panicked(errors.New(secret)); got != "string*errors.errorString" {
			t.Errorf("%q", got)
		}
	}()
	var none []int
	_ = none[len(secret)]
}

// oneRun is a channel that delivers one message and sends what it is told to.
type oneRun struct {
	bot.Channel
	in   bot.Incoming
	said []string
}

func (c *oneRun) Name() string { return "one" }

func (c *oneRun) Run(ctx context.Context, handle bot.Handler) error {
	reply, err := handle(ctx, c.in)
	c.said = append(c.said, reply.Text)
	return err
}

func (c *oneRun) Send(_ context.Context, out bot.Outgoing) (bot.Receipt, error) {
	c.said = append(c.said, out.Text)
	return bot.Receipt{}, nil
}

// Whatever a channel delivers, the handler does not see what must not be kept; it is
// answered in private and where the bot was spoken to, and counted in any case.
func TestGateIn(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		in   bot.Incoming
		says string
	}{
		{bot.Incoming{Text: secret, Addressed: true}, "这条消息里像是有密级或内部标志，没有处理，也没有留存。请撤回或删除，这类内容不要在微信里发；有疑问请问办公室。如果是问制度，请换个说法，不要带密级标志或号码。"},
		{bot.Incoming{Text: secret, Group: true, Addressed: true}, "这条消息里像是有密级或内部标志，"},
		{bot.Incoming{Text: secret, Group: true}, ""},
		{bot.Incoming{Kind: bot.Held, Text: "身份证号、电话名单", Addressed: true}, "这条消息里像是有身份证号、电话名单，"},
	} {
		ch, counted := &oneRun{in: tt.in}, []bot.HeldBack{}
		g := bot.Gated(ch, "办公室", func(_ context.Context, h bot.HeldBack) { counted = append(counted, h) })
		err := g.Run(t.Context(), func(context.Context, bot.Incoming) (bot.Reply, error) {
			t.Errorf("%+v was handled", tt.in)
			return bot.Reply{}, nil
		})
		if err != nil || !strings.HasPrefix(ch.said[0], tt.says) || tt.says == "" && ch.said[0] != "" || strings.Contains(ch.said[0], "换届") {
			t.Errorf("%+v: said %q, %v", tt.in, ch.said, err)
		}
		if len(counted) != 1 || counted[0].Channel != "one" || counted[0].Out || counted[0].Unasked || len(counted[0].Kinds) != strings.Count(tt.in.Text, "、")+1 {
			t.Errorf("%+v: counted %+v", tt.in, counted)
		}
	}
	ch := &oneRun{in: bot.Incoming{Text: "机密文件能拍照吗", Addressed: true}}
	err := bot.Gated(ch, "", nil).Run(t.Context(), func(_ context.Context, in bot.Incoming) (bot.Reply, error) {
		return bot.Reply{Text: "答" + in.Text}, nil
	})
	if err != nil || ch.said[0] != "答机密文件能拍照吗" {
		t.Errorf("a question: %q, %v", ch.said, err)
	}
	ch.in.Text = secret
	if err := bot.Gated(ch, "", nil).Run(t.Context(), nil); err != nil || !strings.Contains(ch.said[1], "有疑问请问本机关保密工作机构") {
		t.Errorf("without a contact: %q, %v", ch.said, err)
	}
}

// What we would say ourselves passes the same gate.
func TestGateOut(t *testing.T) {
	t.Parallel()
	ch, counted := &oneRun{in: bot.Incoming{Text: "问", Addressed: true}}, []bot.HeldBack{}
	g := bot.Gated(ch, "办公室", func(_ context.Context, h bot.HeldBack) { counted = append(counted, h) })
	if err := g.Run(t.Context(), func(context.Context, bot.Incoming) (bot.Reply, error) { return bot.Reply{Text: secret}, nil }); err != nil {
		t.Fatal(err)
	}
	if ch.said[0] != "要回复的内容带有密级或内部标志，不能在微信里发。请向办公室查阅原件。" {
		t.Errorf("replied %q", ch.said[0])
	}
	_, err := g.Send(t.Context(), bot.Outgoing{To: "g", Text: secret})
	var refused *bot.RefusedError
	if !errors.As(err, &refused) || refused.After != 0 || !strings.Contains(refused.Reason, "请改制度库里的原文") || strings.Contains(err.Error(), "换届") || len(ch.said) != 1 {
		t.Errorf("sent: %v, %q", err, ch.said)
	}
	if len(counted) != 2 || !counted[0].Out || counted[0].Unasked || !counted[1].Out || !counted[1].Unasked || counted[1].Channel != "one" {
		t.Errorf("counted %+v", counted)
	}
	article := "第八条 国家秘密的密级分为绝密、机密、秘密三级，标在首页左上角，如“机密★10年”。"
	if _, err := g.Send(t.Context(), bot.Outgoing{To: "g", Text: article}); err != nil || ch.said[1] != article || len(counted) != 2 {
		t.Errorf("an article: %v, %q, %+v", err, ch.said, counted)
	}
}

// Who asks by no channel asks through the same gate.
func TestGuard(t *testing.T) {
	t.Parallel()
	heard := ""
	handle := bot.Guard("办公室", func(_ context.Context, in bot.Incoming) (bot.Reply, error) {
		heard = in.Text
		return bot.Reply{Text: in.Text + "★"}, nil
	})
	if reply, err := handle(t.Context(), bot.Incoming{Text: "问", Addressed: true}); err != nil || reply.Text != "问★" || heard != "问" {
		t.Errorf("%q, %v", reply.Text, err)
	}
	heard = ""
	if reply, err := handle(t.Context(), bot.Incoming{Text: "机密★10年 关于请假的通知", Addressed: true}); err != nil || heard != "" || !strings.Contains(reply.Text, "没有留存") || !strings.Contains(reply.Text, "办公室") {
		t.Errorf("%q, %v; heard %q", reply.Text, err, heard)
	}
}
