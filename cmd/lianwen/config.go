package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/go-viper/mapstructure/v2"
	"github.com/spf13/viper"

	"lianwen/bot/day"
	"lianwen/bot/ledger"
	"lianwen/bot/relief"
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
	Unit     string `toml:"unit"`
	Calendar string `toml:"calendar"`

	JudgedQuestions string  `toml:"judged_questions"`
	JudgedMargin    float64 `toml:"judged_margin"`

	PushLimit int          `toml:"push_limit"`
	Relief    reliefConfig `toml:"relief"`

	Ledger ledgerConfig `toml:"ledger"`
	Model  modelConfig  `toml:"model"`
	Wechat wechatConfig `toml:"wechat"`
	Web    webConfig    `toml:"web"`
	Alert  alertConfig  `toml:"alert"`
	Push   []pushConfig `toml:"push"`

	location *time.Location
	pushes   []day.PushSpec
	file     *configFile // what it was read from
	held     bool        // this process has the ledger open
}

// ledgerConfig is the table [ledger].
type ledgerConfig struct {
	URL         string `toml:"url"`
	Connections int    `toml:"connections"`
}

// validate says which values are impossible. Of the URL nothing is repeated: it
// may hold a password.
func (c ledgerConfig) validate(bad badFunc) {
	if c.URL != "" {
		if t, wrong := troubleOf(ledger.CheckURL(c.URL)); wrong {
			bad("ledger.url", t.what, t.fix)
		}
	}
	if c.Connections < 1 || c.Connections > 100 {
		bad("ledger.connections", fmt.Sprintf("ledger.connections %d 不在 1 到 100 之间", c.Connections), fmt.Sprintf("请写最多同时用几个连接，如 %d", ledger.DefaultConns))
	}
}

func defaultConfig() config {
	return config{DataDir: "data", Timezone: "Asia/Shanghai", Contact: "机关党组办公室", JudgedMargin: 0.02, PushLimit: relief.Standard.GroupDay, Relief: defaultRelief(), Ledger: ledgerConfig{Connections: ledger.DefaultConns}, Model: defaultModel(), Wechat: defaultWechat(), Web: defaultWeb()}
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

// configErrors are all mistakes that were found at once.
type configErrors []*configError

func (es configErrors) Error() string {
	lines := make([]string, len(es))
	for i, e := range es {
		lines[i] = e.Error()
	}
	return strings.Join(lines, "\n")
}

// Unwrap makes each of them to be found by errors.As.
func (es configErrors) Unwrap() []error {
	list := make([]error, len(es))
	for i, e := range es {
		list[i] = e
	}
	return list
}

// loadConfig reads the configuration: built-in defaults, then the file at path
// (or config.toml, if path is "" and there is one), then the environment. What is
// wrong with it is said all at once.
func loadConfig(path string) (*config, error) {
	file := &configFile{name: path}
	if path == "" {
		file.name = defaultConfigFile
	}
	raw, err := os.ReadFile(file.name)
	switch {
	case err == nil:
		file.read(string(raw))
	case path == "" && errors.Is(err, fs.ErrNotExist):
	case errors.Is(err, fs.ErrNotExist):
		return nil, &configError{path, "没有这个配置文件", "请检查 --config 写的路径"}
	case errors.Is(err, fs.ErrPermission):
		return nil, &configError{file.name, "没有权限读这个配置文件", "请用能读它的用户运行，或者改它的权限"}
	default:
		return nil, &configError{file.name, fmt.Sprintf("配置文件读不出来（%v）", err), "请检查它是不是一个文件，磁盘是不是好的"}
	}
	v := viper.New()
	for key, value := range defaultConfig().keys() {
		v.SetDefault(key, value)
	}
	v.SetConfigType("toml")
	found := append(file.mistakes, checkEnvironment(os.Environ())...)
	v.SetEnvPrefix(envPrefix)
	v.SetEnvKeyReplacer(strings.NewReplacer(".", "_"))
	v.AutomaticEnv()
	var c config
	err = v.ReadConfig(strings.NewReader(file.text))
	if err == nil {
		err = v.UnmarshalExact(&c, func(d *mapstructure.DecoderConfig) { d.TagName = "toml" })
	}
	if err == nil {
		found = append(found, c.validate(file)...)
	}
	switch {
	case len(found) > 0: // whatever came of them is among them
		return nil, found
	case err != nil:
		return nil, fmt.Errorf("read config %s: %w", file.name, err)
	}
	c.file = file
	return &c, nil
}

// checkEnvironment refuses variables that look like ours and name no key: a
// misspelt override must not pass in silence.
func checkEnvironment(environ []string) (found configErrors) {
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
			found = append(found, &configError{"环境变量 " + name, "没有对应的配置项", "可用的配置项有 " + knownKeys()})
			continue
		}
		if what, fix := badValue(value, standard); what != "" {
			found = append(found, &configError{"环境变量 " + name, what, fix})
		}
	}
	return found
}

// badValue says why the text of a variable cannot be a value like its default.
func badValue(text string, standard any) (what, fix string) {
	if text == "" {
		return "", ""
	}
	var err error
	switch standard.(type) {
	case float64:
		_, err = strconv.ParseFloat(text, 64)
		what, fix = fmt.Sprintf("%q 不是数字", text), fmt.Sprintf("请写 %v 这样的数", standard)
	case int:
		_, err = strconv.Atoi(text)
		what, fix = fmt.Sprintf("%q 不是整数", text), fmt.Sprintf("请写 %v 这样的数", standard)
	case bool:
		_, err = strconv.ParseBool(text)
		what, fix = fmt.Sprintf("%q 不是 true 或 false", text), "请写 true 或 false"
	}
	if err == nil {
		return "", ""
	}
	return what, fix
}

func knownKeys() string {
	var names []string
	for key := range defaultConfig().keys() {
		names = append(names, key)
	}
	slices.Sort(names)
	return strings.Join(names, "、")
}

// validate reads the values and says which are impossible.
func (c *config) validate(file *configFile) (found configErrors) {
	bad := func(key, what, fix string) { found = append(found, &configError{file.where(key), what, fix}) }
	if c.DataDir == "" {
		bad("data_dir", "data_dir 是空的", "请写一个文件夹，如 data")
	}
	if c.Contact == "" {
		bad("contact", "contact 是空的", "请写查不到时让人咨询的科室")
	}
	loc, err := time.LoadLocation(c.Timezone)
	if err != nil || c.Timezone == "" {
		bad("timezone", fmt.Sprintf("timezone %q 不认识", c.Timezone), "请写 Asia/Shanghai 这样的时区名")
	}
	c.location = loc
	if c.JudgedMargin < 0 || c.JudgedMargin > 1 {
		bad("judged_margin", fmt.Sprintf("judged_margin %v 不在 0 到 1 之间", c.JudgedMargin), "请写 0.02 这样的小数")
	}
	if c.PushLimit < 1 || c.PushLimit > 20 {
		bad("push_limit", fmt.Sprintf("push_limit %d 不在 1 到 20 之间", c.PushLimit), "请写每天最多向一个群发几条，如 3")
	}
	c.Ledger.validate(bad)
	c.Model.validate(bad)
	c.Wechat.validate(loc, bad)
	c.Web.validate(bad)
	c.Alert.validate(bad)
	c.Relief.validate(bad)
	if !file.lost { // else something of them may be missing
		c.pushes = c.specs(bad)
	}
	if len(found) == 0 {
		c.unburdened(bad)
	}
	return found
}
