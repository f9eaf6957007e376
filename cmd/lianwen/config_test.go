package main

import (
	"bytes"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/pelletier/go-toml/v2"
)

const exampleFile = "../../config.example.toml"

// The example is the documentation: it holds every key, with its default.
func TestExampleIsTheDefault(t *testing.T) {
	raw, err := os.ReadFile(exampleFile)
	if err != nil {
		t.Fatal(err)
	}
	var got config
	if err := toml.NewDecoder(bytes.NewReader(raw)).DisallowUnknownFields().Decode(&got); err != nil {
		t.Fatal(err)
	}
	if want := defaultConfig(); !reflect.DeepEqual(got, want) {
		t.Errorf("config.example.toml says\n%+v, the defaults are\n%+v", got, want)
	}
	var keys map[string]any
	if err := toml.Unmarshal(raw, &keys); err != nil {
		t.Fatal(err)
	}
	for key := range defaultConfig().keys() {
		if _, ok := keys[key]; !ok {
			t.Errorf("config.example.toml does not have %s", key)
		}
	}
	if loaded, err := loadConfig(exampleFile); err != nil {
		t.Error(err)
	} else if loaded.location == nil || loaded.location.String() != loaded.Timezone {
		t.Errorf("the location is %v, the timezone %s", loaded.location, loaded.Timezone)
	}
}

// A key that keys() does not list could not be overridden by the environment.
func TestKeysCoverTheStruct(t *testing.T) {
	c := reflect.ValueOf(defaultConfig())
	keys := defaultConfig().keys()
	fields := 0
	for _, field := range reflect.VisibleFields(c.Type()) {
		if !field.IsExported() {
			continue
		}
		fields++
		key := field.Tag.Get("toml")
		if key == "" || key != field.Tag.Get("mapstructure") {
			t.Errorf("%s: toml %q, mapstructure %q: both must name the key", field.Name, key, field.Tag.Get("mapstructure"))
		}
		if value, ok := keys[key]; !ok || !reflect.DeepEqual(value, c.FieldByIndex(field.Index).Interface()) {
			t.Errorf("keys() has %s = %v, want the field %s", key, value, field.Name)
		}
	}
	if len(keys) != fields {
		t.Errorf("%d keys for %d fields", len(keys), fields)
	}
}

func TestEveryKeyFromTheEnvironment(t *testing.T) {
	t.Chdir(t.TempDir())
	for key, standard := range defaultConfig().keys() {
		t.Run(key, func(t *testing.T) {
			text, want := "UTC", any("UTC")
			if _, number := standard.(float64); number {
				text, want = "0.5", 0.5
			}
			t.Setenv("LIANWEN_"+strings.ToUpper(key), text)
			c, err := loadConfig("")
			if err != nil {
				t.Fatal(err)
			}
			if c.keys()[key] != want {
				t.Errorf("%s is %v", key, c.keys()[key])
			}
		})
	}
	t.Setenv("LIANWEN_JUDGED_MARGIN", "百分之二")
	if _, err := loadConfig(""); err == nil || !strings.HasPrefix(err.Error(), "环境变量 LIANWEN_JUDGED_MARGIN: ") {
		t.Errorf("got %v", err)
	}
}

// Whatever is wrong with the environment is said about the environment.
func TestCheckEnvironment(t *testing.T) {
	for _, kv := range []string{"LIANWEN_DATADIR=x", "LIANWEN_=x", "LIANWEN_contact=x", "LIANWEN_TIME_ZONE"} {
		name, _, _ := strings.Cut(kv, "=")
		if err := checkEnvironment([]string{"PATH=/bin", kv}); err == nil || !strings.Contains(err.Error(), "环境变量 "+name+":") {
			t.Errorf("%s: got %v", kv, err)
		}
	}
	if err := checkEnvironment([]string{"LIANWEN_TEST_POSTGRES=x", "LIANWEN=x", "XLIANWEN_FOO=x", "LIANWEN_CONTACT=x"}); err != nil {
		t.Errorf("refused: %v", err)
	}
	t.Chdir(t.TempDir())
	t.Setenv("LIANWEN_TIMEZONE", "Mars/Phobos")
	if _, err := loadConfig(""); err == nil || !strings.Contains(err.Error(), "LIANWEN_TIMEZONE") {
		t.Errorf("a bad value from the environment: got %v, want LIANWEN_TIMEZONE named", err)
	}
}

// Every mistake is named with the file, the line and what would be right.
func TestConfigMistakes(t *testing.T) {
	file := filepath.Join(t.TempDir(), "our.toml")
	for _, tt := range []struct{ text, where, what string }{
		{"timezone = \"UTC\"\ndatadir = \"x\"\n", ":2", "datadir"},
		{"[ledger]\nurl = \"\"\n", ":1", "ledger"},
		{"\ncontact = 3\n", ":2", "contact"},
		{"data_dir = [\"a\"]\n", ":1", "data_dir"},
		{"library = true\n", ":1", "library"},
		{"timezone = \"UTC\"\ncontact = \"没有引号\n", ":2", "TOML"},
		{"contact = \"a\"\ncontact = \"b\"\n", "", "contact"},
		{"timezone = \"Asia/Nowhere\"\n", "", "Asia/Nowhere"},
		{"timezone = \"\"\n", "", "timezone"},
		{"data_dir = \"\"\n", "", "data_dir"},
		{"contact = \"\"\n", "", "contact"},
		{"contact = \"\xb0\xec\xb9\xab\xca\xd2\"\n", "", "TOML"}, // GBK
	} {
		if err := os.WriteFile(file, []byte(tt.text), 0o644); err != nil {
			t.Fatal(err)
		}
		_, err := loadConfig(file)
		if err == nil {
			t.Errorf("%q was accepted", tt.text)
			continue
		}
		if msg := explain(err); !strings.HasPrefix(msg, file+tt.where) || !strings.Contains(msg, tt.what) {
			t.Errorf("%q:\ngot  %s\nwant %s%s: … %s …", tt.text, msg, file, tt.where, tt.what)
		}
	}
	_, err := loadConfig(filepath.Join(t.TempDir(), "none.toml"))
	if err == nil || !strings.Contains(explain(err), "没有这个配置文件") {
		t.Errorf("a missing file: %v", err)
	}
	known := strings.Split(knownKeys(), "、")
	if !slices.IsSorted(known) || len(known) != len(defaultConfig().keys()) {
		t.Errorf("known keys: %v", known)
	}
}
