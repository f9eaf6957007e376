package index

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"runtime/debug"
)

// ErrDamaged is returned by a search when the stored index cannot be read any
// more: somebody has cut or overwritten its files. Live.Repair mends it.
var ErrDamaged = errors.New("the stored index is damaged")

// guarded runs what reads the store, which is mapped into memory: a file that was
// cut short since faults where it is read, and that would end the process. After
// such a fault, or an error, the store is not read again: locks may be held for
// ever.
func (x *Index) guarded(ctx context.Context, read func() error) (err error) {
	if x.damaged.Load() {
		return ErrDamaged
	}
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		switch r := recover().(type) {
		case nil:
			if err == nil || ctx.Err() != nil {
				return
			}
			err = fmt.Errorf("%w: %w", ErrDamaged, err)
		case interface {
			runtime.Error
			Addr() uintptr
		}:
			err = fmt.Errorf("%w: %w", ErrDamaged, r)
		default:
			panic(r)
		}
		x.damaged.Store(true)
	}()
	return read()
}

// Damaged reports whether the index that answers has to be repaired.
func (l *Live) Damaged() bool {
	x, release := l.Acquire()
	defer release()
	return x.damaged.Load()
}

// Repair builds the index that answers anew, from the corpus that it has in
// memory, and puts it in its own place.
func (l *Live) Repair(ctx context.Context, dir string, opts Options) error {
	old, release := l.Acquire()
	defer release()
	opts.Rebuild, opts.Bridge = true, old.bridge
	x, err := Open(ctx, dir, old.corpus, opts)
	if err != nil {
		return fmt.Errorf("repair index: %w", err)
	}
	l.Replace(x)
	return nil
}
