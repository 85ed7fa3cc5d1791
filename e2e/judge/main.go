// The controller's verdict on objects, without a controller: Karpenter's own Go types decode them, and its own checks look
// at them. Reads a JSON array of NodePools, EC2NodeClasses and NodeOverlays, and writes what is wrong with each.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"

	"k8s.io/apimachinery/pkg/util/validation"
)

// A problem is something that the controller has against an object, and where.
type problem struct {
	Path    string `json:"path"`
	Message string `json:"message"`
}

func main() {
	if len(os.Args) > 1 && os.Args[1] == "kubelet-fields" {
		if err := writeKubeletFields(); err != nil {
			fail(err)
		}
		return
	}
	var objects []map[string]any
	if err := json.NewDecoder(os.Stdin).Decode(&objects); err != nil {
		fail(err)
	}
	verdicts := make([][]problem, 0, len(objects))
	for _, object := range objects {
		verdicts = append(verdicts, verdict(object))
	}
	if err := json.NewEncoder(os.Stdout).Encode(verdicts); err != nil {
		fail(err)
	}
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}

func verdict(object map[string]any) []problem {
	found := &findings{problems: []problem{}}
	ctx := context.Background()
	switch object["kind"] {
	case "NodePool":
		judgeNodePool(ctx, object, found)
	case "EC2NodeClass":
		judgeNodeClass(object, found)
	case "NodeOverlay":
		judgeNodeOverlay(ctx, object, found)
	default:
		found.add("kind", fmt.Errorf("%v is not known here", object["kind"]))
	}
	return found.problems
}

type findings struct{ problems []problem }

func (f *findings) add(path string, err error) {
	if err != nil {
		f.problems = append(f.problems, problem{Path: path, Message: err.Error()})
	}
}

// check adds what a call returns, or with what it panics: both end in the controller.
func (f *findings) check(path string, call func() error) {
	f.add(path, recovered(call))
}

func recovered(call func() error) (err error) {
	defer func() {
		if reason := recover(); reason != nil {
			err = fmt.Errorf("panic: %v", reason)
		}
	}()
	return call()
}

// name holds a name against what it becomes on every NodeClaim and node: the value of a label.
func (f *findings) name(name string) {
	for _, message := range validation.IsValidLabelValue(name) {
		f.add("metadata.name", fmt.Errorf("%s", message))
	}
}
