import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { IssueSpool, readIssues, type SpooledIssue } from './issue-spool.ts'

const folder = mkdtempSync(join(tmpdir(), 'zhidu-spool-'))
afterAll(() => rmSync(folder, { recursive: true }))

it('gives back what was added, whatever ends of lines it holds', async () => {
  const values = [
    '',
    'a\u2028b',
    '\u2029',
    '\u2028\u2029\u2028',
    'a\r\nb\n',
    '\u0085\v\f',
    '"\\',
    '\\u2028',
    '𠮷\u2028',
  ]
  const issues = values.map((value, row): SpooledIssue => ({
    row,
    column: null,
    value,
    code: 'list_word',
    params: { item: value },
    isWarning: false,
  }))
  const spool = await IssueSpool.create(join(folder, 'issues'))
  for (const issue of issues) spool.add(issue)
  await spool.close()
  const read: SpooledIssue[] = []
  for await (const issue of readIssues(spool.path)) read.push(issue)
  expect(read).toEqual(issues)
})
