package convert

import (
	"context"
	"fmt"
	"os"
	"runtime"
	"testing"
	"time"
)

func TestTrial(t *testing.T) {
	p := os.Getenv("TRIAL")
	if p == "" {
		t.Skip()
	}
	t0 := time.Now()
	d, err := File(context.Background(), p, Options{OCR: os.Getenv("OCR") != ""})
	el := time.Since(t0)
	if err != nil {
		t.Fatal(err)
	}
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	fmt.Println(d.Text)
	for _, n := range d.Notes {
		fmt.Fprintln(os.Stderr, n)
	}
	fmt.Fprintln(os.Stderr, el, m.Sys>>20, "MB sys", m.TotalAlloc>>20, "total")
}
