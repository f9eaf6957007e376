package duty

import (
	"context"
	"fmt"
	"sync"

	"golang.org/x/sync/errgroup"

	"lianwen/bot"
	"lianwen/bot/day"
)

// Duty runs channels. Make it, make the channels with its Report, add them and
// what else there is, and Run it.
type Duty struct {
	Board    *Board
	Lease    *Lease // nil: the ledger is this process's alone
	Channels []bot.Channel
	Handler  bot.Handler
	Outbox   *day.Outbox // nil: nothing is pushed
}

// Report takes what a channel says about itself. It does not wait.
func (d *Duty) Report(s bot.Status) {
	d.Board.Set(s)
	if d.Lease != nil {
		d.Lease.Note(s)
	}
	if d.Outbox != nil && s.State == bot.Online {
		d.Outbox.Wake()
	}
}

// Send sends something by the channel of a name.
func (d *Duty) Send(ctx context.Context, channel string, out bot.Outgoing) error {
	for _, ch := range d.Channels {
		if ch.Name() == channel {
			_, err := ch.Send(ctx, out)
			return err
		}
	}
	return fmt.Errorf("send by %s: there is no such channel", channel)
}

// Run runs everything until ctx ends, all channels are exhausted, or something
// fails for good.
func (d *Duty) Run(ctx context.Context) error {
	group, ctx := errgroup.WithContext(ctx)
	running, end := context.WithCancel(ctx)
	ended, sawOut := context.WithCancel(context.WithoutCancel(ctx)) // the board sees the channels out
	var talking sync.WaitGroup
	for _, ch := range d.Channels {
		talking.Add(1)
		group.Go(func() error {
			defer talking.Done()
			if err := ch.Run(ctx, d.Handler); err != nil {
				return fmt.Errorf("run channel %s: %w", ch.Name(), err)
			}
			return nil
		})
	}
	group.Go(func() error {
		talking.Wait()
		end()
		sawOut()
		return nil
	})
	if d.Outbox != nil {
		group.Go(func() error { return d.Outbox.Run(running) })
	}
	if d.Lease != nil {
		group.Go(func() error { return d.Lease.Run(running) })
	}
	group.Go(func() error {
		d.Board.Run(ended)
		return nil
	})
	return group.Wait()
}
