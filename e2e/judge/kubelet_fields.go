//go:build !karpenter_1_14

package main

import (
	"encoding/json"
	"os"
	"reflect"
	"strings"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	kubeletconfigv1beta1 "k8s.io/kubelet/config/v1beta1"
)

// writeKubeletFields writes the fields that the kubelet's configuration has, each with its type, nested as they are.
func writeKubeletFields() error {
	return json.NewEncoder(os.Stdout).Encode(typeOf(reflect.TypeFor[kubeletconfigv1beta1.KubeletConfiguration]()))
}

// typeOf says what JSON a Go type takes: a word, a list of one type, an object of fields, or a map as {"*": type}.
func typeOf(of reflect.Type) any {
	switch {
	case of.Kind() == reflect.Pointer:
		return typeOf(of.Elem())
	case of == reflect.TypeFor[metav1.Duration]():
		return "duration"
	case of == reflect.TypeFor[metav1.Time]():
		return "time"
	case of.Implements(reflect.TypeFor[json.Unmarshaler]()), reflect.PointerTo(of).Implements(reflect.TypeFor[json.Unmarshaler]()):
		return of.Name()
	}
	switch of.Kind() {
	case reflect.Slice:
		return []any{typeOf(of.Elem())}
	case reflect.Map:
		return map[string]any{"*": typeOf(of.Elem())}
	case reflect.Struct:
		fields := map[string]any{}
		for index := range of.NumField() {
			field := of.Field(index)
			name, options, _ := strings.Cut(field.Tag.Get("json"), ",")
			inner := typeOf(field.Type)
			if same, is := inner.(map[string]any); is && (options == "inline" || name == "") {
				for name, value := range same {
					fields[name] = value
				}
				continue
			}
			fields[name] = inner
		}
		return fields
	default:
		return of.Kind().String()
	}
}
