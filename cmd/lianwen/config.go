package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/go-viper/mapstructure/v2"
	"github.com/pelletier/go-toml/v2"
	"github.com/spf13/viper"

	"lianwen/bot/day"
	"lianwen/bot/ledger"
)

// defaultConfigFile is read when it exists and no other was named.
const defaultConfigFile = "config.toml"

// envPrefix begins the environment variables that override keys; those that
// begin with testPrefix belong to the tests.
const (
	envPrefix  = "LIANWEN"
	testPrefix = "LIANWEN_TEST_"
)

// config is the program's configuration. config.example.toml says what each
// key is for.
type config struct {
	DataDir  string `toml:"data_dir"`
	Library  string `toml:"library"`
	Timezone string `toml:"timezone"`
	Contact  string `toml:"contact"`
	Calendar string `toml:"calendar"`

	JudgedQuestions string  `toml:"judged_questions"`
	JudgedMargin    float64 `toml:"judged_margin"`

	PushLimit int `toml:"push_limit"`

	Ledger ledgerConfig `toml:"ledger"`
	Wechat wechatConfig `toml:"wechat"`
	Alert  alertConfig  `toml:"alert"`
	Push   []pushConfig `toml:"push"`

	location *time.Location
	pushes   []day.PushSpec
}

// ledgerConfig is the table [ledger].
type ledgerConfig struct {
	URL         string `toml:"url"`
	Connections int    `toml:"connections"`
}

// validate reads the values and says which is impossible. Of the URL nothing is
// repeated: it may hold a password.
func (c ledgerConfig) validate(where func(key string) string) error {
	if c.URL != "" {
		if t, bad := troubleOf(ledger.CheckURL(c.URL)); bad {
			return &configError{where("ledger.url"), t.what, t.fix}
		}
	}
	if c.Connections < 1 || c.Connections > 100 {
		return &configError{where("ledger.connections"), fmt.Sprintf("ledger.connections %d 不在 1 到 100 之间", c.Connections), fmt.Sprintf("请写最多同时用几个连接，如 %d", ledger.DefaultConns)}
	}
	return nil
}

func defaultConfig() config {
	return config{DataDir: "data", Timezone: "Asia/Shanghai", Contact: "机关党组办公室", JudgedMargin: 0.02, PushLimit: 2, Ledger: ledgerConfig{Connections: ledger.DefaultConns}, Wechat: defaultWechat()}
}

// keys are all keys with their defaults; those of a table are written
// table.key.
func (c config) keys() map[string]any {
	keys := map[string]any{}
	addKeys(keys, "", reflect.ValueOf(c))
	return keys
}

func addKeys(keys map[string]any, table string, v reflect.Value) {
	for _, field := range reflect.VisibleFields(v.Type()) {
		name := field.Tag.Get("toml")
		if name == "" {
			continue
		}
		switch value := v.FieldByIndex(field.Index); {
		case value.Kind() == reflect.Struct:
			addKeys(keys, table+name+".", value)
		case value.Kind() == reflect.Slice && value.Type().Elem().Kind() == reflect.Struct:
			// as many as the file has; no default, no variable
		default:
			keys[table+name] = value.Interface()
		}
	}
}

// variable is the environment variable that overrides a key.
func variable(key string) string {
	return envPrefix + "_" + strings.ToUpper(strings.ReplaceAll(key, ".", "_"))
}

// configError is a mistake in the configuration, in words for the operator.
type configError struct{ where, what, fix string }

func (e *configError) Error() string { return e.where + ": " + e.what + "，" + e.fix }

// loadConfig reads the configuration: built-in defaults, then the file at path
// (or config.toml, if path is "" and there is one), then the environment.
func loadConfig(path string) (*config, error) {
	file := path
	if file == "" {
		file = defaultConfigFile
	}
	raw, err := os.ReadFile(file)
	switch {
	case err == nil:
		if err := checkFile(file, raw); err != nil {
			return nil, err
		}
	case path == "" && errors.Is(err, fs.ErrNotExist):
		raw = nil
	case errors.Is(err, fs.ErrNotExist):
		return nil, &configError{path, "没有这个配置文件", "请检查 --config 写的路径"}
	default:
		return nil, fmt.Errorf("read config %s: %w", file, err)
	}
	v := viper.New()
	for key, value := range defaultConfig().keys() {
		v.SetDefault(key, value)
	}
	v.SetConfigType("toml")
	if err := v.ReadConfig(bytes.NewReader(raw)); err != nil {
		return nil, fmt.Errorf("read config %s: %w", file, err)
	}
	if err := checkEnvironment(os.Environ()); err != nil {
		return nil, err
	}
	v.SetEnvPrefix(envPrefix)
	v.SetEnvKeyReplacer(strings.NewReplacer(".", "_"))
	v.AutomaticEnv()
	var c config
	if err := v.UnmarshalExact(&c, func(d *mapstructure.DecoderConfig) { d.TagName = "toml" }); err != nil {
		return nil, fmt.Errorf("read config %s: %w", file, err)
	}
	if err := c.validate(file); err != nil {
		return nil, err
	}
	return &c, nil
}

// checkFile decodes the file strictly, for messages with line numbers; viper
// has none.
func checkFile(file string, raw []byte) error {
	c := defaultConfig()
	err := toml.NewDecoder(bytes.NewReader(raw)).DisallowUnknownFields().Decode(&c)
	if err == nil {
		return nil
	}
	var unknown *toml.StrictMissingError
	if errors.As(err, &unknown) {
		e := unknown.Errors[0]
		row, _ := e.Position()
		return &configError{fmt.Sprintf("%s:%d", file, row), "不认识的配置项 " + strings.Join(e.Key(), "."), "可用的有 " + knownKeys()}
	}
	var bad *toml.DecodeError
	if errors.As(err, &bad) {
		row, _ := bad.Position()
		where := fmt.Sprintf("%s:%d", file, row)
		if key := strings.Join(bad.Key(), "."); key != "" {
			return &configError{where, key + " 的值类型不对", "请参照 config.example.toml：文字要带引号，数字和 true、false 不带"}
		}
		if secretLine.Match(lineAt(raw, row)) { // the decoder says which character it stumbled on
			return &configError{where, "TOML 写法不对", "请参照 config.example.toml 改正；值两边要有英文引号，值里的引号、反斜杠要写成 \\\" 和 \\\\，或者用单引号"}
		}
		return &configError{where, "TOML 写法不对（" + strings.TrimPrefix(bad.Error(), "toml: ") + "）", "请参照 config.example.toml 改正"}
	}
	return fmt.Errorf("read config %s: %w", file, err)
}

// secretLine is a line of the file of which nothing is to be told.
var secretLine = regexp.MustCompile(`^\s*(url|webhook|key|command|friend_phrase)\s*=`)

// lineAt is a line of a file, counted from 1.
func lineAt(raw []byte, row int) []byte {
	lines := bytes.Split(raw, []byte("\n"))
	if row < 1 || row > len(lines) {
		return nil
	}
	return lines[row-1]
}

// checkEnvironment refuses variables that look like ours and name no key: a
// misspelt override must not pass in silence.
func checkEnvironment(environ []string) error {
	standards := map[string]any{}
	for key, standard := range defaultConfig().keys() {
		standards[variable(key)] = standard
	}
	for _, kv := range environ {
		name, value, _ := strings.Cut(kv, "=")
		if !strings.HasPrefix(name, envPrefix+"_") || strings.HasPrefix(name, testPrefix) {
			continue
		}
		standard, known := standards[name]
		if !known {
			return &configError{"环境变量 " + name, "没有对应的配置项", "可用的配置项有 " + knownKeys()}
		}
		if value == "" {
			continue
		}
		switch standard.(type) {
		case float64:
			if _, err := strconv.ParseFloat(value, 64); err != nil {
				return &configError{"环境变量 " + name, fmt.Sprintf("%q 不是数字", value), fmt.Sprintf("请写 %v 这样的数", standard)}
			}
		case int:
			if _, err := strconv.Atoi(value); err != nil {
				return &configError{"环境变量 " + name, fmt.Sprintf("%q 不是整数", value), fmt.Sprintf("请写 %v 这样的数", standard)}
			}
		case bool:
			if _, err := strconv.ParseBool(value); err != nil {
				return &configError{"环境变量 " + name, fmt.Sprintf("%q 不是 true 或 false", value), "请写 true 或 false"}
			}
		}
	}
	return nil
}

func knownKeys() string {
	var names []string
	for key := range defaultConfig().keys() {
		names = append(names, key)
	}
	slices.Sort(names)
	return strings.Join(names, "、")
}

func (c *config) validate(file string) error {
	where := func(key string) string { // the environment goes before the file
		if os.Getenv(variable(key)) != "" {
			return "环境变量 " + variable(key)
		}
		return file
	}
	if c.DataDir == "" {
		return &configError{where("data_dir"), "data_dir 是空的", "请写一个文件夹，如 data"}
	}
	if c.Contact == "" {
		return &configError{where("contact"), "contact 是空的", "请写查不到时让人咨询的科室"}
	}
	loc, err := time.LoadLocation(c.Timezone)
	if err != nil || c.Timezone == "" {
		return &configError{where("timezone"), fmt.Sprintf("timezone %q 不认识", c.Timezone), "请写 Asia/Shanghai 这样的时区名"}
	}
	c.location = loc
	if c.JudgedMargin < 0 || c.JudgedMargin > 1 {
		return &configError{where("judged_margin"), fmt.Sprintf("judged_margin %v 不在 0 到 1 之间", c.JudgedMargin), "请写 0.02 这样的小数"}
	}
	if c.PushLimit < 1 || c.PushLimit > 20 {
		return &configError{where("push_limit"), fmt.Sprintf("push_limit %d 不在 1 到 20 之间", c.PushLimit), "请写每天最多向一个群发几条，如 2"}
	}
	if err := c.Ledger.validate(where); err != nil {
		return err
	}
	if err := c.Wechat.validate(loc, where); err != nil {
		return err
	}
	if c.pushes, err = c.specs(file); err != nil {
		return err
	}
	return c.Alert.validate(where)
}
