import { expect, it } from 'vitest'
import { rulesName } from './rules-name.ts'

it('names the version of a method once', () => {
  expect(rulesName({ title: '岭安市值班工作考核办法', version: '2026-2' })).toBe('岭安市值班工作考核办法 2026-2')
  expect(rulesName({ title: '示例规则 2026-1', version: '2026-1' })).toBe('示例规则 2026-1')
})
