package main

import (
	"context"
	"fmt"
	"time"

	"github.com/robfig/cron/v3"
	corev1 "k8s.io/api/core/v1"
	"k8s.io/utils/clock"
	karpv1 "sigs.k8s.io/karpenter/pkg/apis/v1"
)

func judgeNodePool(ctx context.Context, object map[string]any, found *findings) {
	pool := decode[karpv1.NodePool](object, found)
	if pool == nil {
		return
	}
	found.name(pool.Name)
	template := pool.Spec.Template
	for key, value := range template.Labels {
		alone := template
		alone.Spec = karpv1.NodeClaimTemplateSpec{}
		alone.Labels = map[string]string{key: value}
		found.check("spec.template.metadata.labels."+key, func() error { return validated(ctx, alone) })
	}
	for index, requirement := range template.Spec.Requirements {
		alone := karpv1.NodeClaimTemplate{}
		alone.Spec.Requirements = []karpv1.NodeSelectorRequirementWithMinValues{requirement}
		found.check(fmt.Sprintf("spec.template.spec.requirements[%d]", index), func() error { return validated(ctx, alone) })
	}
	for index, taint := range template.Spec.Taints {
		alone := karpv1.NodeClaimTemplate{}
		alone.Spec.Taints = []corev1.Taint{taint}
		found.check(fmt.Sprintf("spec.template.spec.taints[%d]", index), func() error { return validated(ctx, alone) })
	}
	for index, taint := range template.Spec.StartupTaints {
		alone := karpv1.NodeClaimTemplate{}
		alone.Spec.StartupTaints = []corev1.Taint{taint}
		found.check(fmt.Sprintf("spec.template.spec.startupTaints[%d]", index), func() error { return validated(ctx, alone) })
	}
	for index, budget := range pool.Spec.Disruption.Budgets {
		path := fmt.Sprintf("spec.disruption.budgets[%d].schedule", index)
		found.check(path, func() error {
			_, err := budget.IsActive(clock.RealClock{})
			return err
		})
		found.check(path, func() error { return comesAtAll(budget) })
	}
	// What hangs on several of them, such as a taint that is there twice.
	if len(found.problems) == 0 {
		found.check("spec", func() error { return pool.RuntimeValidate(ctx) })
	}
}

func validated(ctx context.Context, template karpv1.NodeClaimTemplate) error {
	pool := karpv1.NodePool{}
	pool.Spec.Template = template
	return pool.RuntimeValidate(ctx)
}

// comesAtAll refuses a line without a date: it has no next time, which the controller takes for one that has begun.
func comesAtAll(budget karpv1.Budget) error {
	if budget.Schedule == nil {
		return nil
	}
	schedule, err := cron.ParseStandard("TZ=UTC " + *budget.Schedule)
	if err == nil && schedule.Next(time.Now().UTC()).IsZero() {
		return fmt.Errorf("%q never comes", *budget.Schedule)
	}
	return nil
}
