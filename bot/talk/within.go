package talk

import (
	"context"
	"errors"
	"time"
)

// within runs f and waits for it only so long: then it returns the context's
// error, and what f still does is void, for its context has ended. A database
// whose file is locked does not heed its context.
func within(ctx context.Context, limit time.Duration, f func(ctx context.Context) error) error {
	ctx, cancel := context.WithTimeout(ctx, limit)
	done := make(chan error, 1)
	go func() {
		defer cancel()
		done <- f(ctx)
	}()
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
	}
	select {
	case err := <-done: // it ended, and its context with it
		return err
	default:
		return ctx.Err()
	}
}

// How long a reply waits for a question to be kept, how long that may take in
// all, and how many may be under way.
const (
	keepPatience = 500 * time.Millisecond
	keepWithin   = 5 * time.Second
	mostKeeping  = 64
)

// errTooManyKept means that too much is being kept already.
var errTooManyKept = errors.New("too many are waiting to be kept")

// keeper does what replies need not wait for.
type keeper chan struct{}

func newKeeper() keeper { return make(keeper, mostKeeping) }

// keep runs f, and reports whether it has succeeded in a moment. What takes
// longer goes on behind the reply; fail hears what went wrong.
func (k keeper) keep(ctx context.Context, f func(ctx context.Context) error, fail func(error)) bool {
	select {
	case k <- struct{}{}:
	default:
		fail(errTooManyKept)
		return false
	}
	kept := make(chan bool, 1)
	go func() {
		defer func() { <-k }()
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), keepWithin)
		defer cancel()
		err := f(ctx)
		if err != nil {
			fail(err)
		}
		kept <- err == nil
	}()
	select {
	case ok := <-kept:
		return ok
	case <-time.After(keepPatience):
		return false
	}
}
