import ts from 'typescript'

/** One change of one place: `[start, end)` of the source becomes `replacement`. */
export interface Mutant {
  readonly kind: MutantKind
  readonly start: number
  readonly end: number
  readonly replacement: string
  /** From 1. */
  readonly line: number
}

export type MutantKind =
  | 'boundary'
  | 'operator'
  | 'condition'
  | 'boolean'
  | 'number'
  | 'text'
  | 'list'
  | 'object'
  | 'method'
  | 'statement'
  | 'body'
  | 'chain'

/** A place of a source and what may stand there instead. */
interface Change {
  readonly kind: MutantKind
  readonly node: { readonly start: number; readonly end: number }
  readonly replacements: readonly string[]
}

const { SyntaxKind } = ts

const OPERATORS: Readonly<Record<string, readonly [MutantKind, ...string[]]>> = {
  '<': ['boundary', '<=', '>='],
  '<=': ['boundary', '<', '>'],
  '>': ['boundary', '>=', '<='],
  '>=': ['boundary', '>', '<'],
  '===': ['operator', '!=='],
  '!==': ['operator', '==='],
  '&&': ['operator', '||'],
  '||': ['operator', '&&'],
  '??': ['operator', '&&'],
  '+': ['operator', '-'],
  '-': ['operator', '+'],
  '*': ['operator', '/'],
  '/': ['operator', '*'],
  '%': ['operator', '*'],
  '+=': ['operator', '-='],
  '-=': ['operator', '+='],
  '??=': ['operator', '&&='],
  '|': ['operator', '&'],
  '&': ['operator', '|'],
  '^': ['operator', '&'],
  '<<': ['operator', '>>'],
  '>>': ['operator', '<<'],
  '>>>': ['operator', '<<'],
}

/** Methods whose call is dropped (`null`) or becomes a call of another. */
const METHODS: Readonly<Record<string, string | null>> = {
  every: 'some',
  some: 'every',
  filter: null,
  slice: null,
  sort: null,
  toSorted: null,
  reverse: null,
  toReversed: null,
  trim: null,
  trimEnd: null,
  trimStart: null,
  toLowerCase: 'toUpperCase',
  toUpperCase: 'toLowerCase',
  startsWith: 'endsWith',
  endsWith: 'startsWith',
  min: 'max',
  max: 'min',
  floor: 'ceil',
  ceil: 'floor',
}

/** Errors that say a program is wrong: their words are for its makers, and no rule. */
const BUGS = new Set(['Error', 'RangeError', 'TypeError', 'SyntaxError'])

function isDeclarative(node: ts.Node): boolean {
  return (
    ts.isTypeNode(node) ||
    ts.isImportDeclaration(node) ||
    ts.isExportDeclaration(node) ||
    ts.isInterfaceDeclaration(node) ||
    ts.isTypeAliasDeclaration(node) ||
    (ts.isNewExpression(node) && ts.isIdentifier(node.expression) && BUGS.has(node.expression.text))
  )
}

function changeBinary(node: ts.BinaryExpression): Change[] {
  const sign = node.operatorToken
  const [kind, ...replacements] = OPERATORS[sign.getText()] ?? []
  const isText = sign.kind === SyntaxKind.PlusToken && [node.left, node.right].some(isTextual)
  if (kind === undefined || isText) return []
  return [{ kind, node: { start: sign.getStart(), end: sign.end }, replacements }]
}

function isTextual(node: ts.Node): boolean {
  return ts.isStringLiteralLike(node) || ts.isTemplateExpression(node)
}

function whole(node: ts.Node): Change['node'] {
  return { start: node.getStart(), end: node.end }
}

/** A key of an object, a directive, the text of a tag: names of the language, no values. */
function isName(node: ts.Node): boolean {
  const parent: ts.Node | undefined = node.parent
  if (parent === undefined) return false
  const isKey = (ts.isPropertyAssignment(parent) || ts.isPropertySignature(parent)) && parent.name === node
  return isKey || ts.isTaggedTemplateExpression(parent) || ts.isExpressionStatement(parent)
}

function changeLiteral(node: ts.Node): Change[] {
  if (node.kind === SyntaxKind.TrueKeyword) return [{ kind: 'boolean', node: whole(node), replacements: ['false'] }]
  if (node.kind === SyntaxKind.FalseKeyword) return [{ kind: 'boolean', node: whole(node), replacements: ['true'] }]
  if (isName(node)) return []
  if (ts.isNumericLiteral(node)) {
    return [{ kind: 'number', node: whole(node), replacements: [String(Number(node.text.replaceAll('_', '')) + 1)] }]
  }
  if (ts.isStringLiteralLike(node)) {
    return [{ kind: 'text', node: whole(node), replacements: [node.text === '' ? "'mutated'" : "''"] }]
  }
  if (ts.isTemplateExpression(node)) return [{ kind: 'text', node: whole(node), replacements: ['``'] }]
  if (ts.isArrayLiteralExpression(node) && node.elements.length > 0 && !isTarget(node)) {
    return [{ kind: 'list', node: whole(node), replacements: ['[]'] }]
  }
  if (ts.isObjectLiteralExpression(node) && node.properties.length > 0) {
    return [{ kind: 'object', node: whole(node), replacements: ['{}'] }]
  }
  return []
}

function isTarget(node: ts.Node): boolean {
  return ts.isBinaryExpression(node.parent) && node.parent.left === node
}

function changeCall(node: ts.CallExpression): Change[] {
  const { expression } = node
  if (!ts.isPropertyAccessExpression(expression)) return []
  const other = METHODS[expression.name.text]
  if (other === undefined) return []
  if (other !== null) return [{ kind: 'method', node: whole(expression.name), replacements: [other] }]
  return [{ kind: 'method', node: whole(node), replacements: [expression.expression.getText()] }]
}

function changeCondition(condition: ts.Expression, replacements: readonly string[]): Change[] {
  const isLiteral = condition.kind === SyntaxKind.TrueKeyword || condition.kind === SyntaxKind.FalseKeyword
  return isLiteral ? [] : [{ kind: 'condition', node: whole(condition), replacements }]
}

function changeControl(node: ts.Node): Change[] {
  if (ts.isIfStatement(node)) return changeCondition(node.expression, ['true', 'false'])
  if (ts.isConditionalExpression(node)) return changeCondition(node.condition, ['true', 'false'])
  if (ts.isWhileStatement(node)) return changeCondition(node.expression, ['false'])
  if (ts.isForStatement(node) && node.condition !== undefined) return changeCondition(node.condition, ['false'])
  if (ts.isExpressionStatement(node)) return [{ kind: 'statement', node: whole(node), replacements: [';'] }]
  return []
}

function changeUnary(node: ts.Node): Change[] {
  if (ts.isPrefixUnaryExpression(node)) {
    const operand = node.operand.getText()
    if (node.operator === SyntaxKind.ExclamationToken) {
      return [{ kind: 'boolean', node: whole(node), replacements: [operand] }]
    }
    if (node.operator === SyntaxKind.MinusToken) {
      return [{ kind: 'operator', node: whole(node), replacements: [`+${operand}`] }]
    }
  }
  if (ts.isPostfixUnaryExpression(node) && node.operator === SyntaxKind.PlusPlusToken) {
    return [{ kind: 'operator', node: whole(node), replacements: [`${node.operand.getText()}--`] }]
  }
  if (ts.isPropertyAccessExpression(node) && node.questionDotToken !== undefined) {
    return [{ kind: 'chain', node: whole(node.questionDotToken), replacements: ['.'] }]
  }
  return []
}

/** What a function does, dropped; one whose body does one thing alone is changed there. */
function changeBody(node: ts.Node): Change[] {
  if (ts.isArrowFunction(node) && !ts.isBlock(node.body)) {
    return [{ kind: 'body', node: whole(node.body), replacements: ['undefined'] }]
  }
  if (ts.isFunctionLike(node) && 'body' in node && node.body !== undefined && ts.isBlock(node.body as ts.Node)) {
    const body = node.body as ts.Block
    const isCode = body.statements.length > 0 && !ts.isConstructorDeclaration(node)
    return isCode ? [{ kind: 'body', node: whole(body), replacements: ['{}'] }] : []
  }
  return []
}

function changesOf(node: ts.Node): Change[] {
  return [
    ...(ts.isBinaryExpression(node) ? changeBinary(node) : []),
    ...(ts.isCallExpression(node) ? changeCall(node) : []),
    ...changeLiteral(node),
    ...changeControl(node),
    ...changeUnary(node),
    ...changeBody(node),
  ]
}

/** Every mutant of a TypeScript source, in the order of its text. Types, imports and the words of bugs have none. */
export function listMutants(source: string): Mutant[] {
  const file = ts.createSourceFile('x.ts', source, ts.ScriptTarget.Latest, true)
  const mutants: Mutant[] = []
  const visit = (node: ts.Node): void => {
    if (isDeclarative(node)) return
    for (const { kind, node: place, replacements } of changesOf(node)) {
      const line = file.getLineAndCharacterOfPosition(place.start).line + 1
      for (const replacement of replacements) mutants.push({ kind, ...place, replacement, line })
    }
    ts.forEachChild(node, visit)
  }
  visit(file)
  return mutants.toSorted((a, b) => a.start - b.start || a.end - b.end || (a.replacement < b.replacement ? -1 : 1))
}

export function applyMutant(source: string, { start, end, replacement }: Mutant): string {
  return source.slice(0, start) + replacement + source.slice(end)
}

/** A part of a source, from where to before where. */
export type Extent = Pick<Mutant, 'start' | 'end'>

/** The source with `mark(index)` said at the start of each of its functions, and where these are. */
export function markFunctions(source: string, mark: (index: number) => string): { code: string; bodies: Extent[] } {
  const file = ts.createSourceFile('x.ts', source, ts.ScriptTarget.Latest, true)
  const bodies: Extent[] = []
  const inserts: { readonly at: number; readonly text: string }[] = []
  const visit = (node: ts.Node): void => {
    const body = bodyOf(node)
    if (body !== null) {
      const call = mark(bodies.length)
      bodies.push(whole(body))
      const start = body.getStart()
      if (ts.isBlock(body)) inserts.push({ at: start + 1, text: `${call};` })
      else inserts.push({ at: start, text: `(${call},` }, { at: body.end, text: ')' })
    }
    ts.forEachChild(node, visit)
  }
  visit(file)
  let code = source
  // From the end; of two functions that begin at one place the outer one was found first and has to stand first.
  for (const { at, text } of inserts.toReversed().toSorted((a, b) => b.at - a.at)) {
    code = code.slice(0, at) + text + code.slice(at)
  }
  return { code, bodies }
}

function bodyOf(node: ts.Node): ts.ConciseBody | null {
  if (ts.isArrowFunction(node)) return node.body
  const hasBody = ts.isFunctionDeclaration(node) || ts.isFunctionExpression(node) || ts.isMethodDeclaration(node)
  return hasBody || ts.isAccessor(node) ? (node.body ?? null) : null
}

/** The innermost of these functions that holds a mutant; null = it stands outside all, and acts when the file is loaded. */
export function functionOf({ start, end }: Extent, bodies: readonly Extent[]): number | null {
  const found = bodies.findLastIndex((body) => body.start <= start && end <= body.end)
  return found === -1 ? null : found
}
