// Evaluates PromQL over given series, so that alerts are known to fire when they should, and not otherwise.
//
// Input: a JSON list of questions, each an expression, the series there are in the notation of Prometheus's own rule tests,
// and the minute to look at. Output: a JSON list with, for each, the labels of what is found and its value, or an error.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/prometheus/prometheus/promql"
	"github.com/prometheus/prometheus/promql/parser"
	"github.com/prometheus/prometheus/promql/promqltest"
)

type question struct {
	Expr   string   `json:"expr"`
	Series []string `json:"series"`
	Minute int      `json:"minute"`
}

type sample struct {
	Labels map[string]string `json:"labels"`
	Value  float64           `json:"value"`
}

type answer struct {
	Error string   `json:"error,omitempty"`
	Found []sample `json:"found"`
}

// The little of a test that the storage of Prometheus's tests asks for.
type host struct{ testing.TB }

func (host) Helper()                        {}
func (host) Cleanup(func())                 {}
func (host) Errorf(format string, a ...any) { panic(fmt.Sprintf(format, a...)) }
func (host) FailNow()                       { panic("failed") }
func (host) Name() string                   { return "alerts" }
func (host) Log(...any)                     {}
func (host) Logf(string, ...any)            {}
func (host) TempDir() string {
	folder, err := os.MkdirTemp("", "promql-")
	if err != nil {
		panic(err)
	}
	folders = append(folders, folder)
	return folder
}

var folders []string

func main() {
	var questions []question
	if err := json.NewDecoder(os.Stdin).Decode(&questions); err != nil {
		panic(err)
	}
	defer func() {
		for _, folder := range folders {
			os.RemoveAll(folder)
		}
	}()
	answers := make([]answer, 0, len(questions))
	for _, asked := range questions {
		answers = append(answers, ask(asked))
	}
	json.NewEncoder(os.Stdout).Encode(answers)
}

func ask(asked question) answer {
	engine := promql.NewEngine(promql.EngineOpts{MaxSamples: 1e6, Timeout: time.Minute, Parser: parser.NewParser(parser.Options{})})
	defer engine.Close()
	storage := promqltest.LoadedStorage(host{}, "load 1m\n  "+strings.Join(asked.Series, "\n  "))
	defer storage.Close()
	at := time.Unix(0, 0).Add(time.Duration(asked.Minute) * time.Minute)
	query, err := engine.NewInstantQuery(context.Background(), storage, nil, asked.Expr, at)
	if err != nil {
		return answer{Error: err.Error()}
	}
	defer query.Close()
	result := query.Exec(context.Background())
	if result.Err != nil {
		return answer{Error: result.Err.Error()}
	}
	vector, err := result.Vector()
	if err != nil {
		return answer{Error: err.Error()}
	}
	found := make([]sample, 0, len(vector))
	for _, one := range vector {
		found = append(found, sample{Labels: one.Metric.Map(), Value: one.F})
	}
	return answer{Found: found}
}
