package main

import (
	"fmt"
	"time"

	"lianwen/bot/model"
)

// modelConfig is the table [model].
type modelConfig struct {
	URL     string       `toml:"url"`
	Name    string       `toml:"name"`
	Key     model.Secret `toml:"key"`
	Timeout string       `toml:"timeout"`

	timeout time.Duration // what Timeout means
}

func defaultModel() modelConfig { return modelConfig{Timeout: "2m"} }

// on reports whether there is a model to ask.
func (c modelConfig) on() bool { return c.URL != "" }

// validate reads the values and says which are impossible. Of the URL nothing is
// repeated: people put keys there.
func (c *modelConfig) validate(bad badFunc) {
	var err error
	if c.timeout, err = time.ParseDuration(c.Timeout); err != nil || c.timeout <= 0 {
		bad("model.timeout", fmt.Sprintf("model.timeout 的值 %q 不对", c.Timeout), `请写 "2m" 这样的时长`)
	}
	switch what := model.CheckURL(c.URL); {
	case c.on() && what != "":
		bad("model.url", "model.url "+what, "请写 http://127.0.0.1:11434/v1 这样的地址，key 写在 model.key；不用模型的留空")
	case c.on() && c.Name == "":
		bad("model.name", "写了 model.url，没有写 model.name", "请写模型的名字，如 qwen-plus")
	}
}
