package kubernetes

import (
	"fmt"
	"sort"
	"strconv"
	"strings"

	"github.com/hashicorp/terraform-plugin-sdk/v2/helper/schema"
	"k8s.io/apimachinery/pkg/api/resource"
)

type kind int

const (
	text kind = iota
	boolean
	number
	numberText   // A text in Terraform, so that 0 can be told from nothing, and a number in Kubernetes.
	numberOrText // A text in Terraform; a number in Kubernetes when it looks like one.
	octalText    // File modes.
	textPairs
	quantities
	textItems
	textSet
	block      // At most one.
	looseBlock // One, although the schema allows several.
	blocks     // Any number.
)

// field is one argument or block of Terraform with its counterpart in a Kubernetes object. From one list of them come
// the schema and the ways there and back.
type field struct {
	name      string
	json      string // In Kubernetes; the same in camel case when not given.
	kind      kind
	inner     []field
	required  bool
	computed  bool
	readOnly  bool
	forceNew  bool
	ignorable bool // The cluster adds it with nothing in it.
	standard  any  // The default.
	oneOf     []string
}

func (f field) key() string {
	if f.json != "" {
		return f.json
	}
	words := strings.Split(f.name, "_")
	for i, word := range words[1:] {
		words[i+1] = strings.ToUpper(word[:1]) + word[1:]
	}
	return strings.Join(words, "")
}

func schemaOf(fields []field) map[string]*schema.Schema {
	result := map[string]*schema.Schema{}
	for _, f := range fields {
		result[f.name] = f.schema()
	}
	return result
}

func (f field) schema() *schema.Schema {
	s := &schema.Schema{Required: f.required, Optional: !f.required && !f.readOnly, Computed: f.computed || f.readOnly, ForceNew: f.forceNew, Default: f.standard}
	texts := &schema.Schema{Type: schema.TypeString}
	switch f.kind {
	case text, numberText, numberOrText, octalText:
		s.Type = schema.TypeString
		if !f.readOnly {
			s.ValidateFunc = f.validate
		}
	case boolean:
		s.Type = schema.TypeBool
	case number:
		s.Type = schema.TypeInt
	case textPairs:
		s.Type = schema.TypeMap
		s.Elem = texts
	case quantities:
		s.Type = schema.TypeMap
		s.Elem = texts
		s.DiffSuppressFunc = sameQuantity
	case textItems:
		s.Type = schema.TypeList
		s.Elem = texts
	case textSet:
		s.Type = schema.TypeSet
		s.Elem = texts
	case block, looseBlock, blocks:
		s.Type = schema.TypeList
		s.Elem = &schema.Resource{Schema: schemaOf(f.inner)}
		if f.kind == block {
			s.MaxItems = 1
		}
	}
	return s
}

func (f field) validate(given any, key string) (warnings []string, problems []error) {
	value := given.(string)
	if f.kind == numberText && value != "" {
		if _, err := strconv.ParseInt(value, 10, 64); err != nil {
			return nil, []error{fmt.Errorf("%s: %w", key, err)}
		}
	}
	if len(f.oneOf) == 0 {
		return nil, nil
	}
	for _, allowed := range f.oneOf {
		if value == allowed {
			return nil, nil
		}
	}
	return nil, []error{fmt.Errorf("expected %s to be one of %q, got %s", key, f.oneOf, value)}
}

func sameQuantity(_, old, now string, _ *schema.ResourceData) bool {
	before, err := resource.ParseQuantity(old)
	if err != nil {
		return false
	}
	after, err := resource.ParseQuantity(now)
	return err == nil && before.Cmp(after) == 0
}

// expand makes the Kubernetes object of what a block says. What is empty and has no default counts as not given.
func expand(fields []field, given map[string]any) map[string]any {
	result := map[string]any{}
	for _, f := range fields {
		if value, ok := f.expand(given[f.name]); ok {
			result[f.key()] = value
		}
	}
	return result
}

func (f field) expand(value any) (any, bool) {
	if value == nil || f.readOnly {
		return nil, false
	}
	switch f.kind {
	case text:
		return value, value != ""
	case boolean:
		return value, value == true || f.standard != nil
	case number:
		return value, value != 0 || f.standard != nil || f.required
	case numberText, numberOrText, octalText:
		given, _ := value.(string)
		base := 10
		if f.kind == octalText {
			base = 8
		}
		if parsed, err := strconv.ParseInt(given, base, 64); err == nil {
			return parsed, true
		}
		return given, given != ""
	case textPairs, quantities:
		given, _ := value.(map[string]any)
		return given, len(given) > 0
	case textSet:
		given, ok := value.(*schema.Set)
		if !ok {
			return nil, false
		}
		items := given.List()
		sort.Slice(items, func(i, j int) bool { return items[i].(string) < items[j].(string) })
		return items, len(items) > 0
	case textItems:
		given, _ := value.([]any)
		items := make([]any, len(given))
		for i, item := range given {
			items[i], _ = item.(string) // An empty text arrives as nil.
			if items[i] == nil {
				items[i] = ""
			}
		}
		return items, len(items) > 0
	case block, looseBlock:
		given, _ := value.([]any)
		if len(given) == 0 {
			return nil, false
		}
		inner, _ := given[0].(map[string]any) // Nil for a block with nothing in it.
		return expand(f.inner, inner), true
	default:
		given, _ := value.([]any)
		items := make([]any, len(given))
		for i, item := range given {
			inner, _ := item.(map[string]any)
			items[i] = expand(f.inner, inner)
		}
		return items, len(items) > 0
	}
}

// flatten makes the block of a Kubernetes object.
func flatten(fields []field, found map[string]any) map[string]any {
	result := map[string]any{}
	for _, f := range fields {
		value, ok := found[f.key()]
		if inner, _ := value.(map[string]any); f.ignorable && len(inner) == 0 {
			continue
		}
		if ok && value != nil {
			result[f.name] = f.flatten(value)
		}
	}
	return result
}

func (f field) flatten(value any) any {
	switch f.kind {
	case number:
		if given, ok := value.(float64); ok {
			return int(given)
		}
		return value
	case numberText, numberOrText:
		if given, ok := value.(float64); ok {
			return strconv.FormatInt(int64(given), 10)
		}
		return value
	case octalText:
		if given, ok := value.(float64); ok {
			return fmt.Sprintf("0%o", int64(given))
		}
		return value
	case block, looseBlock:
		inner, _ := value.(map[string]any)
		return []any{flatten(f.inner, inner)}
	case blocks:
		var items []any
		given, _ := value.([]any)
		for _, item := range given {
			inner, _ := item.(map[string]any)
			items = append(items, flatten(f.inner, inner))
		}
		return items
	default:
		return value
	}
}
