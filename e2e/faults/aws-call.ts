/** Which call of which service a request to AWS is, and how that service says that it did not work. */
import type { IncomingHttpHeaders } from "node:http";

/** How a service writes its errors. */
type Protocol = "query" | "ec2" | "json" | "rest";

/** A call to AWS. */
export interface AwsCall {
  /** As the request is signed for it: `iam`, `sqs`, `events`, `eks`. */
  readonly service: string;
  /** `CreateRole`; of a REST API `POST fargate-profiles`. */
  readonly action: string;
  /** What it is about: the first name in it. */
  readonly subject: string;
  readonly protocol: Protocol;
}

/** An answer that is not AWS's own. */
export interface Refusal {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Parameters that name what a call is about, the narrowest first. */
const SUBJECTS = [
  "InstanceProfileName",
  "PolicyArn",
  "PolicyName",
  "RoleName",
  "QueueName",
  "QueueUrl",
  "Rule",
  "Name",
  "ResourceARN",
];

/** What identifies a call in any run: two that are the same are told apart by nothing. */
export function callKey({ service, action, subject }: AwsCall): string {
  return `${service} ${action} ${subject}`.trim();
}

/** Whether a call changes anything. */
export function isChange({ action }: Pick<AwsCall, "action">): boolean {
  return !/^(Get|List|Describe|AssumeRole|GET)/.test(action);
}

/** Reads a request. */
export function awsCall(method: string, path: string, headers: IncomingHttpHeaders, body: string): AwsCall {
  const service = /Credential=[^/]+\/\d+\/[^/]+\/([^/]+)\//.exec(headers.authorization ?? "")?.[1] ?? "unknown";
  const target = headers["x-amz-target"];
  if (typeof target === "string") {
    const parameters = JSON.parse(body || "{}") as Readonly<Record<string, unknown>>;
    return {
      service,
      action: target.split(".").at(-1) ?? "",
      subject: subjectIn((key) => parameters[key]),
      protocol: "json",
    };
  }
  if (headers["content-type"]?.startsWith("application/x-www-form-urlencoded")) {
    const parameters = new URLSearchParams(body);
    const protocol = service === "ec2" ? "ec2" : "query";
    return {
      service,
      action: `${parameters.get("Action")}${parameters.get("DryRun") === "true" ? " in a dry run" : ""}`,
      subject: subjectIn((key) => parameters.get(key)),
      protocol,
    };
  }
  // /clusters/prod/fargate-profiles/name
  const [, , , kind = "clusters", name = ""] = path.split("?")[0]?.split("/") ?? [];
  return { service, action: `${method} ${kind}`, subject: decodeURIComponent(name), protocol: "rest" };
}

/** An error of the service, in its own form. */
export function refusal({ protocol }: AwsCall, status: number, code: string, message: string): Refusal {
  switch (protocol) {
    case "query":
      return xml(
        status,
        `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error><RequestId>fault</RequestId></ErrorResponse>`,
      );
    case "ec2":
      return xml(
        status,
        `<Response><Errors><Error><Code>${code}</Code><Message>${message}</Message></Error></Errors><RequestID>fault</RequestID></Response>`,
      );
    default:
      return {
        status,
        headers: { "content-type": "application/x-amz-json-1.1", "x-amzn-errortype": code },
        body: JSON.stringify({ __type: code, message }),
      };
  }
}

/** How the service says that it is asked too often. */
export function throttled(call: AwsCall): Refusal {
  return call.protocol === "query" || call.protocol === "ec2"
    ? refusal(call, 400, call.protocol === "ec2" ? "RequestLimitExceeded" : "Throttling", "Rate exceeded")
    : refusal(call, call.protocol === "rest" ? 429 : 400, "ThrottlingException", "Rate exceeded");
}

/** How the service says that the credentials are no longer good. */
export function expired(call: AwsCall): Refusal {
  const code = call.protocol === "query" || call.protocol === "json" ? "ExpiredToken" : "ExpiredTokenException";
  return refusal(call, 403, code, "The security token included in the request is expired");
}

function xml(status: number, body: string): Refusal {
  return { status, headers: { "content-type": "text/xml" }, body };
}

function subjectIn(parameter: (key: string) => unknown): string {
  const found = SUBJECTS.map(parameter).find((value) => typeof value === "string" && value !== "");
  // A queue's URL has the port of this account in it.
  return typeof found === "string" ? found.replace(/^https?:\/\/[^/]+/, "") : "";
}
