package main

import (
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/google/renameio/v2/maybe"

	"lianwen/bot"
	"lianwen/bot/talk"
)

// keyFile, in data_dir, is the secret of this installation, keyBytes long: with
// it, and not with the ledger alone, can be told who has asked what.
const (
	keyFile  = "asker.key"
	keyBytes = 32
)

// private completes what is particular about a bot that people talk to.
func (c *config) private(t talk.Config) (talk.Config, error) {
	key, err := installationKey(c.DataDir)
	t.Key, t.FriendPhrase = key, c.Wechat.FriendPhrase
	return t, err
}

// installationKey is the secret in a folder. It is made when it is missing.
func installationKey(dir string) ([]byte, error) {
	file := filepath.Join(dir, keyFile)
	raw, err := os.ReadFile(file)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return newInstallationKey(dir, file)
	case err != nil:
		return nil, fmt.Errorf("read key %s: %w", file, err)
	}
	key, err := hex.DecodeString(strings.TrimSpace(string(raw)))
	if err != nil || len(key) != keyBytes {
		return nil, bot.Invalid.Sayf("%s 不是完整的密钥。请从备份里恢复它，或者删掉它，启动时会重新生成（委员以前的提问就不能由本人删除了，180 天以内自动清掉）。", file)
	}
	if err := os.Chmod(file, 0o600); err != nil { // as it was made
		return nil, fmt.Errorf("protect key %s: %w", file, err)
	}
	return key, nil
}

func newInstallationKey(dir, file string) ([]byte, error) {
	key := make([]byte, keyBytes)
	if _, err := rand.Read(key); err != nil {
		return nil, fmt.Errorf("make key: %w", err)
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("make key: %w", err)
	}
	if err := maybe.WriteFile(file, []byte(hex.EncodeToString(key)+"\n"), 0o600); err != nil {
		return nil, fmt.Errorf("write key %s: %w", file, err)
	}
	return key, nil
}
