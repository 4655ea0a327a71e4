import { fileURLToPath } from 'node:url'
import { dangerousCodeOverrides } from './packages/tooling/src/dangerous-code.ts'
import { importOverrides } from './packages/tooling/src/import-rules.ts'

export default {
  jsPlugins: [fileURLToPath(import.meta.resolve('./packages/tooling/src/lint-plugin.ts'))],
  plugins: ['import', 'typescript', 'unicorn', 'oxc', 'vitest', 'promise', 'node', 'vue'],
  categories: { correctness: 'error' },
  options: { typeAware: true, reportUnusedDisableDirectives: 'error' },
  ignorePatterns: ['**/dist/**', '**/coverage/**', 'packages/tooling/boundaries/**', 'pnpm-lock.yaml'],
  rules: {
    'eslint/eqeqeq': ['error', 'always', { null: 'ignore' }],
    'eslint/max-lines': ['error', { max: 400, skipBlankLines: true, skipComments: true }],
    // Text from other programs holds control characters; looking for them is no slip.
    'eslint/no-control-regex': 'off',
    'eslint/no-else-return': 'error',
    'eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true }],
    'eslint/no-var': 'error',
    'eslint/prefer-const': 'error',
    'import/no-cycle': 'error',
    'import/no-default-export': 'error',
    'typescript/ban-ts-comment': 'error',
    'typescript/consistent-type-imports': 'error',
    'typescript/no-explicit-any': 'error',
    'typescript/no-misused-promises': 'error',
    'typescript/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
    'unicorn/filename-case': ['error', { case: 'kebabCase' }],
    // Chinese text is measured by its characters, and a spread gives exactly those.
    'typescript/no-misused-spread': 'off',
    'typescript/unbound-method': 'off',
    'vitest/expect-expect': ['error', { assertFunctionNames: ['expect', 'expect*', 'fc.assert', 'assert*', 'check*'] }],
    'vitest/no-conditional-expect': 'off',
    'vitest/require-to-throw-message': 'off',
    'vitest/valid-expect': ['error', { maxArgs: 2 }],
    'vitest/no-disabled-tests': 'error',
    'vitest/no-focused-tests': 'error',
  },
  overrides: [
    { files: ['**/*.vue'], rules: { 'import/no-default-export': 'off', 'unicorn/filename-case': 'off' } },
    { files: ['**/*.config.{ts,js}', '*.config.{ts,js}'], rules: { 'import/no-default-export': 'off' } },
    // Vitest and the linter's plugins ask for a default export.
    { files: ['**/global-setup.ts', '**/lint-plugin.ts'], rules: { 'import/no-default-export': 'off' } },
    ...importOverrides(),
    ...dangerousCodeOverrides(),
  ],
}
