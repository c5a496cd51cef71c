package fileutil

import (
	"errors"
	"os"
)

// Files of a database are neither locked nor mapped here: there is none.
var errNoDatabase = errors.New("there is no database of Prometheus in WebAssembly")

func newLock(string) (Releaser, error) { return nil, errNoDatabase }

func mmap(*os.File, int) ([]byte, error) { return nil, errNoDatabase }

func munmap([]byte) error { return errNoDatabase }
