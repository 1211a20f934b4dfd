package main

import (
	"errors"
	"os"
	"os/exec"
	"strconv"
	"syscall"
	"testing"
)

// In a child of the test: the filter, then one socket.
func TestMain(m *testing.M) {
	family, err := strconv.Atoi(os.Getenv("OFFLINE_FAMILY"))
	if err != nil {
		os.Exit(m.Run())
	}
	if os.Getenv("OFFLINE_FREE") == "" {
		if err := forbid(); err != nil {
			fail(err.Error())
		}
	}
	fd, err := syscall.Socket(family, syscall.SOCK_DGRAM, 0)
	if err != nil {
		fail(err.Error())
	}
	_ = syscall.Close(fd)
	os.Exit(0)
}

// child is how a process ends that opens a socket of a family.
func child(t *testing.T, family int, env ...string) error {
	t.Helper()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(exe)
	cmd.Env = append(append(os.Environ(), "OFFLINE_FAMILY="+strconv.Itoa(family)), env...)
	return cmd.Run()
}

// A socket to a network ends the process, one to the display does not.
func TestSocketsAreForbidden(t *testing.T) {
	if err := child(t, syscall.AF_INET, "OFFLINE_FREE=1"); err != nil {
		t.Fatalf("without the filter: %v", err)
	}
	if err := child(t, syscall.AF_UNIX); err != nil {
		t.Errorf("a socket to the display: %v", err)
	}
	for _, family := range []int{syscall.AF_INET, syscall.AF_INET6, syscall.AF_NETLINK, syscall.AF_PACKET} {
		var ended *exec.ExitError
		if err := child(t, family); !errors.As(err, &ended) || !ended.Sys().(syscall.WaitStatus).Signaled() ||
			ended.Sys().(syscall.WaitStatus).Signal() != syscall.SIGSYS {
			t.Errorf("family %d: ended with %v, want the signal of a forbidden call", family, err)
		}
	}
}
