package main

import (
	"encoding/json"
	"fmt"
	"sort"

	sigsjson "sigs.k8s.io/json"
)

// decode reads an object into a type of Karpenter's as its client does. A value that cannot be read is reported with its
// path and left out: Go itself says nothing of the path, and stops at the first.
func decode[T any](object map[string]any, found *findings) *T {
	for {
		into := new(T)
		err := read(object, into)
		if err == nil {
			return into
		}
		path, drop := culprit[T](object, "", object, err)
		if drop == nil {
			found.add("", err)
			return nil
		}
		found.add(path, err)
		drop()
	}
}

func read(object any, into any) error {
	data, err := json.Marshal(object)
	if err != nil {
		return err
	}
	return recovered(func() error { return sigsjson.UnmarshalCaseSensitivePreserveInts(data, into) })
}

// culprit finds the deepest value without which the object fails no more, or otherwise. The second result leaves it out.
func culprit[T any](whole map[string]any, path string, value any, failure error) (string, func()) {
	differs := func() bool {
		err := read(whole, new(T))
		return err == nil || err.Error() != failure.Error()
	}
	switch inner := value.(type) {
	case map[string]any:
		keys := make([]string, 0, len(inner))
		for key := range inner {
			keys = append(keys, key)
		}
		sort.Strings(keys)
		for _, key := range keys {
			own, below := inner[key], join(path, key)
			delete(inner, key)
			isIt := differs()
			inner[key] = own
			if isIt {
				if deeper, drop := culprit[T](whole, below, own, failure); drop != nil {
					return deeper, drop
				}
				return below, func() { delete(inner, key) }
			}
		}
	case []any:
		for index, own := range inner {
			below := fmt.Sprintf("%s[%d]", path, index)
			inner[index] = nil
			isIt := differs()
			inner[index] = own
			if isIt {
				if deeper, drop := culprit[T](whole, below, own, failure); drop != nil {
					return deeper, drop
				}
				return below, func() { inner[index] = nil }
			}
		}
	}
	return path, nil
}

func join(path, key string) string {
	if path == "" {
		return key
	}
	return path + "." + key
}
