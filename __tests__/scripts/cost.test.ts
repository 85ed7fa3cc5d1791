import { readFileSync } from "node:fs";
import { join } from "node:path";
import { FARGATE_PRICES, fargateSize, monthly } from "../../scripts/cost";

const page = readFileSync(join(__dirname, "../../docs/cost.md"), "utf8");

describe("the size that Fargate bills", () => {
  test.each([
    [0.25, 0.25, 0.25, 0.5],
    [0.25, 0.5, 0.25, 1],
    [0.25, 1.75, 0.25, 2],
    [0.25, 2, 0.5, 3],
    [1, 1, 1, 2],
    [1, 1.75, 1, 2],
    [1, 1.8, 1, 3],
    [1, 8, 2, 9],
    [1.5, 1, 2, 4],
  ])("of %d vCPU and %d GiB is %d vCPU and %d GB", (cpu, memory, vcpu, gigabytes) => {
    expect(fargateSize(cpu, memory)).toEqual({ vcpu, gigabytes });
  });

  test("is none for what is larger than it has", () => {
    expect(() => fargateSize(8, 1)).toThrow(
      '"8 vCPU and 1 GiB" is no size that Fargate has, but must be at most 4 vCPU',
    );
  });
});

describe("docs/cost.md", () => {
  test("names the prices that its table is made of", () => {
    expect(page).toContain(String(FARGATE_PRICES.vcpu));
    expect(page).toContain(String(FARGATE_PRICES.gigabyte));
    expect(monthly({ vcpu: 1, gigabytes: 2 }, 2)).toBeCloseTo((0.04048 + 2 * 0.004445) * 730 * 2, 10);
  });

  test("counts the requests to the queue right", () => {
    const idle = (730 * 3600) / 20;
    expect(page).toContain(
      `${idle.toLocaleString("en-US")} requests | 0.00 within the free million, ${((idle / 1e6) * 0.4).toFixed(2)} beyond it`,
    );
    const ofNodes = 1000 * (730 / 24) * 4 * 3;
    expect(page.replace(/\s+/g, " ")).toContain(
      `a thousand nodes a day are ${((ofNodes / 1e6) * 0.4).toFixed(2)} dollars a month`,
    );
  });
});
