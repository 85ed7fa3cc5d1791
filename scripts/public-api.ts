import { relative, resolve } from "node:path";
import * as ts from "typescript";

const ROOT = resolve(__dirname, "..");

/** Where each public name comes from, by what users import. */
export const ENTRIES = {
  "cdktf-karpenter": "lib/index.ts",
  "cdktf-karpenter/module": "lib/module/index.ts",
  "cdktf-karpenter/stacks": "stacks/index.ts",
} as const;

/** A property of a public interface, inherited ones included. */
export interface PublicProperty {
  readonly name: string;
  /** What `@default` says; undefined where it is not said. */
  readonly default?: string;
}

/** What users can import, and what is wrong with it. */
export interface PublicApi {
  /** The exported names, by what they are imported from. */
  readonly names: Readonly<Record<string, readonly string[]>>;
  /** How many names, fields and methods there are to document. */
  readonly documentable: number;
  /** Names, fields and methods without a doc comment, `NodePool.weight`. */
  readonly undocumented: readonly string[];
  /** Types that a public signature refers to, but that no entry exports: `Karpenter.nodes: NodeRole`. */
  readonly unexported: readonly string[];
  /** The properties of the exported interfaces. */
  readonly properties: Readonly<Record<string, readonly PublicProperty[]>>;
}

/** Reads the public API out of the sources, with TypeScript's own compiler. */
export function publicApi(): PublicApi {
  const { config } = ts.readConfigFile(resolve(ROOT, "tsconfig.json"), ts.sys.readFile) as { config: object };
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, ROOT);
  const files = Object.values(ENTRIES).map((entry) => resolve(ROOT, entry));
  const program = ts.createProgram(files, { ...options, types: ["node"] });
  return new ApiReader(program).read();
}

class ApiReader {
  private readonly checker: ts.TypeChecker;
  private readonly exported = new Set<ts.Symbol>();
  private readonly undocumented: string[] = [];
  private readonly unexported = new Set<string>();
  private readonly properties: Record<string, readonly PublicProperty[]> = {};
  private documentable = 0;

  constructor(private readonly program: ts.Program) {
    this.checker = program.getTypeChecker();
  }

  public read(): PublicApi {
    const names: Record<string, readonly string[]> = {};
    for (const [specifier, entry] of Object.entries(ENTRIES)) {
      const symbols = this.exportsOf(entry);
      symbols.forEach((symbol) => this.exported.add(symbol));
      names[specifier] = symbols.map(({ name }) => name);
    }
    this.exported.forEach((symbol) => this.readSymbol(symbol));
    return {
      names,
      documentable: this.documentable,
      undocumented: this.undocumented,
      unexported: [...this.unexported],
      properties: this.properties,
    };
  }

  private exportsOf(entry: string): ts.Symbol[] {
    const file = this.program.getSourceFile(resolve(ROOT, entry)) as ts.SourceFile;
    const symbol = this.checker.getSymbolAtLocation(file) as ts.Symbol;
    return this.checker.getExportsOfModule(symbol).map((found) => this.meant(found));
  }

  private meant(symbol: ts.Symbol): ts.Symbol {
    return (symbol.flags & ts.SymbolFlags.Alias) === 0 ? symbol : this.checker.getAliasedSymbol(symbol);
  }

  private readSymbol(symbol: ts.Symbol): void {
    this.document(symbol.name, symbol);
    for (const declaration of symbol.declarations ?? []) {
      if (ts.isInterfaceDeclaration(declaration) || ts.isClassDeclaration(declaration)) {
        declaration.heritageClauses?.forEach((clause) => this.refersTo(symbol.name, clause));
        declaration.members.filter(isPublic).forEach((member) => this.readMember(symbol.name, member));
      } else if (ts.isTypeAliasDeclaration(declaration)) {
        this.refersTo(symbol.name, declaration.type);
      } else if (ts.isFunctionDeclaration(declaration)) {
        this.readSignature(symbol.name, declaration);
      } else if (ts.isVariableDeclaration(declaration) && declaration.type !== undefined) {
        this.refersTo(symbol.name, declaration.type);
      }
      if (ts.isInterfaceDeclaration(declaration)) {
        this.properties[symbol.name] = this.checker
          .getPropertiesOfType(this.checker.getDeclaredTypeOfSymbol(symbol))
          .map((property) => ({ name: property.name, default: defaultOf(property) }));
      }
    }
  }

  private readMember(owner: string, member: ts.Node): void {
    if (ts.isConstructorDeclaration(member)) {
      this.readSignature(owner, member);
      return;
    }
    const symbol = this.symbolOf(member);
    if (symbol === undefined) {
      return;
    }
    const name = `${owner}.${symbol.name}`;
    if (!hasModifier(member, ts.SyntaxKind.OverrideKeyword)) {
      this.document(name, symbol);
    }
    if (ts.isPropertySignature(member) || ts.isPropertyDeclaration(member)) {
      if (member.type !== undefined) {
        this.refersTo(name, member.type);
      }
    } else if (ts.isMethodDeclaration(member) || ts.isMethodSignature(member) || ts.isGetAccessor(member)) {
      this.readSignature(name, member);
    }
  }

  private readSignature(name: string, { parameters, type }: ts.SignatureDeclaration): void {
    for (const parameter of parameters) {
      if (parameter.type !== undefined) {
        this.refersTo(name, parameter.type);
      }
    }
    if (type !== undefined) {
      this.refersTo(name, type);
    }
  }

  private symbolOf(node: ts.Node): ts.Symbol | undefined {
    const name = (node as ts.NamedDeclaration).name;
    return name === undefined ? undefined : this.checker.getSymbolAtLocation(name);
  }

  private document(name: string, symbol: ts.Symbol): void {
    this.documentable += 1;
    if (symbol.getDocumentationComment(this.checker).length === 0) {
      this.undocumented.push(name);
    }
  }

  /** Notes every type of ours that is named in a part of a signature and not exported; fields written in place need docs. */
  private refersTo(name: string, node: ts.Node): void {
    if (ts.isTypeLiteralNode(node)) {
      node.members.forEach((member) => this.readMember(name, member));
      return;
    }
    const named = ts.isTypeReferenceNode(node)
      ? node.typeName
      : ts.isExpressionWithTypeArguments(node)
        ? node.expression
        : undefined;
    const found = named === undefined ? undefined : this.checker.getSymbolAtLocation(named);
    const symbol = found === undefined ? undefined : this.meant(found);
    if (symbol !== undefined && isOurs(symbol) && !this.exported.has(symbol)) {
      this.unexported.add(`${name}: ${symbol.name}`);
    }
    ts.forEachChild(node, (child) => this.refersTo(name, child));
  }
}

/** Whether a name is declared here, and is no type parameter. */
function isOurs({ flags, declarations = [] }: ts.Symbol): boolean {
  const path = relative(ROOT, declarations[0]?.getSourceFile().fileName ?? "..");
  return (flags & ts.SymbolFlags.TypeParameter) === 0 && /^(lib|modules|stacks)\//.test(path);
}

function isPublic(member: ts.Node): boolean {
  return ![ts.SyntaxKind.PrivateKeyword, ts.SyntaxKind.ProtectedKeyword].some((kind) => hasModifier(member, kind));
}

function hasModifier(node: ts.Node, kind: ts.SyntaxKind): boolean {
  return ts.canHaveModifiers(node) && (ts.getModifiers(node) ?? []).some((modifier) => modifier.kind === kind);
}

function defaultOf(property: ts.Symbol): string | undefined {
  const tag = property.getJsDocTags().find(({ name }) => name === "default");
  return tag === undefined ? undefined : ts.displayPartsToString(tag.text).replace(/\s+/g, " ").trim();
}
