package ledger

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"
)

// backupHead is where the audit ended when a backup was made.
type backupHead struct {
	ID    string    `json:"id"`   // which ledger
	File  string    `json:"file"` // the backup, wherever it is now
	Taken time.Time `json:"taken"`
	Head  Head      `json:"head"`
}

// backups are the backups that were made of a ledger, in order. A line that a
// process was writing when it died is not there yet.
func (b *beside) backups(id string) ([]backupHead, error) {
	raw, err := os.ReadFile(b.heads)
	if absent(err) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var list []backupHead
	for line := range bytes.Lines(raw) {
		var h backupHead
		if err := json.Unmarshal(line, &h); err != nil {
			continue
		}
		if h.ID == id {
			list = append(list, h)
		}
	}
	return list, nil
}

// addBackup appends to the list of backups.
func (b *beside) addBackup(h backupHead) error {
	raw, err := json.Marshal(h)
	if err != nil {
		return err
	}
	f, err := os.OpenFile(b.heads, os.O_CREATE|os.O_RDWR|os.O_APPEND, 0o600)
	if err != nil {
		return err
	}
	end, err := f.Seek(0, io.SeekEnd)
	if err == nil && end > 0 {
		var last [1]byte
		if _, err = f.ReadAt(last[:], end-1); err == nil && last[0] != '\n' { // of one that died while it wrote
			raw = append([]byte{'\n'}, raw...)
		}
	}
	if err == nil {
		_, err = f.Write(append(raw, '\n'))
	}
	return errors.Join(err, f.Sync(), f.Close(), syncDir(filepath.Dir(b.heads)))
}

// listBackup keeps beside the ledger that a backup was made of it.
func (l *Ledger) listBackup(ctx context.Context, file string, h Head) error {
	if l.beside == nil {
		return nil
	}
	o, err := originIn(ctx, l.reader)
	if err != nil {
		return err
	}
	if whole, err := filepath.Abs(file); err == nil {
		file = whole
	}
	if err := l.beside.addBackup(backupHead{ID: o.ID, File: file, Taken: time.Now(), Head: h}); err != nil {
		return fmt.Errorf("keep the backup's head beside the ledger: %w", err)
	}
	return nil
}
