import { describe, expect, it } from 'vitest'
import { readAnswer } from './upload-file.ts'

describe('readAnswer', () => {
  it('takes the id of an accepted file', () => {
    expect(readAnswer(201, '{"importId":"abc"}')).toEqual({ kind: 'accepted', importId: 'abc' })
  })

  it('knows a file that is too large, also from a proxy without JSON', () => {
    expect(readAnswer(422, '{"code":"invalid","reason":"upload_too_large","params":{"limit":"200"}}')).toEqual({
      kind: 'too_large',
      params: { limit: '200' },
    })
    expect(readAnswer(413, '<html>')).toEqual({ kind: 'too_large', params: {} })
  })

  it('passes on why the server refused', () => {
    expect(readAnswer(422, '{"code":"invalid","reason":"not_a_table","params":{"found":"HTML"}}')).toEqual({
      kind: 'refused',
      reason: 'not_a_table',
      params: { found: 'HTML' },
    })
  })

  it('keeps the number of an unexpected error', () => {
    expect(readAnswer(500, '{"code":"internal","reason":"internal","params":{},"errorNumber":"ZD-5031"}')).toEqual({
      kind: 'failed',
      errorNumber: 'ZD-5031',
    })
    expect(readAnswer(502, 'Bad gateway')).toEqual({ kind: 'failed', errorNumber: null })
  })
})
