import { toQuarter } from '@zhidu/domain'
import { describe, expect, it } from 'vitest'
import { answerLink, type Answers, Refusal } from '../../testing/answer-link.ts'
import { createApi } from './client.ts'
import { problemFromBody, toProblem } from './problem.ts'

async function failWith(refusal: Refusal) {
  const answers: Answers = {
    unit: {
      get: () => {
        throw refusal
      },
    },
  }
  const api = createApi({ locale: () => 'zh-CN', links: [answerLink(answers)] })
  try {
    await api.unit.get.query({ unitCode: 'X', quarter: toQuarter('2026Q3') })
  } catch (error) {
    return toProblem(error)
  }
  throw new Error('was answered')
}

describe('toProblem', () => {
  it('tells a lost connection from a server that failed, and keeps its number', async () => {
    expect(await failWith(new Refusal('network'))).toMatchObject({ kind: 'network', errorNumber: null })
    expect(await failWith(new Refusal({ code: 'internal', errorNumber: 'ZD-1A2B3C' }))).toMatchObject({
      kind: 'server',
      errorNumber: 'ZD-1A2B3C',
    })
  })

  it('keeps what a refusal is about', async () => {
    const refusal = new Refusal({ code: 'not_found', reason: 'unit_unknown', params: { unitCode: 'X' } })
    expect(await failWith(refusal)).toEqual({
      kind: 'not_found',
      reason: 'unit_unknown',
      params: { unitCode: 'X' },
      errorNumber: null,
    })
  })

  it('tells somebody who is not signed in, and somebody who asks too often, from a failure', async () => {
    const kinds = ['unauthenticated', 'limited'].map(async (code) => (await failWith(new Refusal({ code }))).kind)
    expect(await Promise.all(kinds)).toEqual(['unauthenticated', 'limited'])
  })

  it('treats anything else as a failure of the server', () => {
    expect(toProblem(new Error('boom')).kind).toBe('server')
    expect(problemFromBody('<html>').kind).toBe('server')
    expect(problemFromBody({ code: 'teapot', reason: 'x' }).kind).toBe('server')
  })
})
