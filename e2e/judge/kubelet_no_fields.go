//go:build karpenter_1_14

package main

import "errors"

func writeKubeletFields() error {
	return errors.New("the kubelet's configuration is free from 1.15 on")
}
