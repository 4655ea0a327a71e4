/** Lint rules of this repository, for what no ready-made rule can say. */

import { noRawSql, noTextAsCode } from './dangerous-code.ts'

interface Node {
  readonly type: string
  readonly name?: string
  readonly callee?: Node
  readonly arguments?: readonly Node[]
}

interface RuleContext {
  report(problem: { readonly node: Node; readonly message: string }): void
}

function isDateWithoutInstant(node: Node): boolean {
  return node.callee?.type === 'Identifier' && node.callee.name === 'Date' && node.arguments?.length === 0
}

/** `new Date()` and `Date()` read the clock as much as `Date.now()`, which a ready-made rule already finds. */
const noHiddenClock = {
  create(context: RuleContext) {
    function check(node: Node) {
      if (isDateWithoutInstant(node)) {
        context.report({ node, message: 'Time comes in: asOf in domain, ctx.clock() in services.' })
      }
    }
    return { NewExpression: check, CallExpression: check }
  },
}

export default {
  meta: { name: 'zhidu' },
  rules: { 'no-hidden-clock': noHiddenClock, 'no-raw-sql': noRawSql, 'no-text-as-code': noTextAsCode },
}
