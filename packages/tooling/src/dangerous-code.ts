/**
 * Code that turns text into a program: SQL that is put together, markup that is parsed, scripts that are evaluated. None of
 * it outside the files below, each read and found to take nothing that came from outside.
 */
export const REVIEWED: readonly { readonly files: string; readonly rule: 'no-raw-sql'; readonly why: string }[] = [
  { files: 'packages/db/src/migrations/*.ts', rule: 'no-raw-sql', why: 'statements written in the file itself' },
  { files: 'packages/db/src/staging/*.ts', rule: 'no-raw-sql', why: 'columns of our own kinds, never of a file' },
  {
    files: 'packages/db/src/backup/*.ts',
    rule: 'no-raw-sql',
    why: "the schema's own tables, as the catalogue names them",
  },
  {
    files: 'packages/db/src/queries/put-unit-quarters.ts',
    rule: 'no-raw-sql',
    why: 'columns listed in the file itself',
  },
  { files: 'packages/db/src/queries/session-find.ts', rule: 'no-raw-sql', why: 'aliases of the query itself' },
  { files: 'packages/db/src/transaction/scope.ts', rule: 'no-raw-sql', why: 'columns named by the queries' },
]

interface Node {
  readonly type: string
  readonly name?: string
  readonly value?: unknown
  readonly computed?: boolean
  readonly object?: Node
  readonly property?: Node
  readonly callee?: Node
  readonly left?: Node
  readonly argument?: Node
  readonly quasis?: readonly unknown[]
  readonly expressions?: readonly Node[]
  readonly arguments?: readonly Node[]
}

interface RuleContext {
  report(problem: { readonly node: Node; readonly message: string }): void
}

function memberName(node: Node | undefined): string | undefined {
  if (node?.type !== 'MemberExpression') return undefined
  return node.computed === true ? String(node.property?.value) : node.property?.name
}

/** Text or a number written in the code itself. */
function isConstant(node: Node | undefined): boolean {
  if (node?.type === 'UnaryExpression') return isConstant(node.argument)
  if (node?.type === 'TemplateLiteral') return node.expressions?.length === 0
  return node?.type === 'Literal'
}

const INTO_SQL = new Set(['raw', 'lit', 'literal', 'ref', 'table', 'id'])
const JSON_STEPS = new Set(['key', 'at'])

/** `sql.raw`, `sql.lit`, `sql.ref`, `sql.table`, `sql.id` and steps of a JSON path of anything but constants. */
export const noRawSql = {
  create(context: RuleContext) {
    return {
      CallExpression(node: Node) {
        const name = memberName(node.callee) ?? ''
        const isSql = node.callee?.object?.name === 'sql' && INTO_SQL.has(name)
        if ((!isSql && !JSON_STEPS.has(name)) || (node.arguments ?? []).every(isConstant)) return
        context.report({ node, message: 'Values are bound and names are constants in SQL; see dangerous-code.ts.' })
      },
    }
  },
}

const MARKUP = new Set(['innerHTML', 'outerHTML', 'srcdoc'])
const MARKUP_CALLS = new Set(['insertAdjacentHTML', 'createContextualFragment', 'parseFromString'])
const TIMERS = new Set(['setTimeout', 'setInterval'])
const MESSAGE = 'Text stays text: it is never parsed as markup nor run as a script.'

function isText(node: Node | undefined): boolean {
  return node?.type === 'TemplateLiteral' || (node?.type === 'Literal' && typeof node.value === 'string')
}

/** `innerHTML` and its like, `document.write`, `eval`, `new Function`, timers of text. `v-html` is eslint's. */
export const noTextAsCode = {
  create(context: RuleContext) {
    const report = (node: Node): void => context.report({ node, message: MESSAGE })
    return {
      AssignmentExpression(node: Node) {
        if (MARKUP.has(memberName(node.left) ?? '')) report(node)
      },
      CallExpression(node: Node) {
        const { callee } = node
        const method = memberName(callee) ?? ''
        const isWrite = callee?.object?.name === 'document' && (method === 'write' || method === 'writeln')
        const name = callee?.name ?? method
        const isEvaluated = name === 'eval' || callee?.name === 'Function'
        if (MARKUP_CALLS.has(method) || isWrite || isEvaluated) report(node)
        else if (TIMERS.has(name) && isText(node.arguments?.[0])) report(node)
      },
      NewExpression(node: Node) {
        if (node.callee?.name === 'Function') report(node)
      },
    }
  },
}

const TESTS = ['**/*.test.ts', '**/testing/**', '**/e2e/**']

/** Lint overrides: SQL in the packages that speak it, markup and scripts everywhere. */
export function dangerousCodeOverrides() {
  return [
    { files: ['**/*.{ts,vue,mjs}'], excludeFiles: TESTS, rules: { 'zhidu/no-text-as-code': 'error' } },
    {
      files: ['packages/{db,services,audit,identity}/src/**/*.ts', 'apps/cli/src/**/*.ts'],
      excludeFiles: [...TESTS, ...REVIEWED.map(({ files }) => files)],
      rules: { 'zhidu/no-raw-sql': 'error' },
    },
  ]
}
