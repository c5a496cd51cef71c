package main

import (
	"errors"
	"io"
	"net/http"
	"os"
	"os/exec"
	"syscall"
	"time"
	"unsafe"
)

const inside = "FIELD_HAS_ITS_NETWORK"

// haveOwnNetwork starts the program again in a network of its own, which has nothing but loopback, and ends with it.
// In there it brings loopback up and returns. So no port is taken by anybody else, and nothing reaches the outside.
func haveOwnNetwork() error {
	if os.Getenv(inside) != "" {
		return loopbackUp()
	}
	again := exec.Command("/proc/self/exe")
	again.Env = append(os.Environ(), inside+"=yes")
	again.Stdin, again.Stdout, again.Stderr = os.Stdin, os.Stdout, os.Stderr
	again.SysProcAttr = &syscall.SysProcAttr{Cloneflags: syscall.CLONE_NEWNET}
	if os.Getuid() != 0 {
		again.SysProcAttr.Cloneflags |= syscall.CLONE_NEWUSER
		again.SysProcAttr.UidMappings = []syscall.SysProcIDMap{{HostID: os.Getuid(), Size: 1}}
		again.SysProcAttr.GidMappings = []syscall.SysProcIDMap{{HostID: os.Getgid(), Size: 1}}
	}
	err := again.Run()
	if ended := new(exec.ExitError); errors.As(err, &ended) {
		os.Exit(ended.ExitCode())
	}
	if err == nil {
		os.Exit(0)
	}
	return err
}

func loopbackUp() error {
	socket, err := syscall.Socket(syscall.AF_INET, syscall.SOCK_DGRAM, 0)
	if err != nil {
		return err
	}
	defer func() { _ = syscall.Close(socket) }()
	request := struct {
		name  [syscall.IFNAMSIZ]byte
		flags uint16
		_     [22]byte
	}{flags: syscall.IFF_UP | syscall.IFF_RUNNING}
	copy(request.name[:], "lo")
	_, _, failed := syscall.Syscall(
		syscall.SYS_IOCTL, uintptr(socket), syscall.SIOCSIFFLAGS, uintptr(unsafe.Pointer(&request)))
	if failed != 0 {
		return failed
	}
	return nil
}

type page struct {
	Status int    `json:"status"`
	Body   string `json:"body"`
}

var client = http.Client{Timeout: 10 * time.Second}

// get reads a page in the field's network; a status of 0 says that nobody answers.
func get(request struct {
	URL string `json:"url"`
}) (any, error) {
	response, err := client.Get(request.URL)
	if err != nil {
		return page{}, nil
	}
	defer func() { _ = response.Body.Close() }()
	body, err := io.ReadAll(response.Body)
	return page{response.StatusCode, string(body)}, err
}
