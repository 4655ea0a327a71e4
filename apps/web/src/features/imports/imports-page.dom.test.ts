// Seam: the tRPC client's last link and XMLHttpRequest; everything between is the application's own.
import type { ImportJob } from '@zhidu/contract'
import { toQuarter } from '@zhidu/domain'
import { flushPromises } from '@vue/test-utils'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { Refusal } from '../../testing/answer-link.ts'
import { makeAccount, makeSession } from '../../testing/make-session.ts'
import { expectAccessible, mountApp } from '../../testing/mount-app.ts'
import ImportsPage from './ImportsPage.vue'
import { makeJob } from './testing/make-job.ts'

const ID = makeJob().importId
const meta = {
  get: {
    installation: null,
    quarters: [],
    currentQuarter: toQuarter('2026Q4'),
    defaultQuarter: toQuarter('2026Q3'),
    provenance: {
      asOf: '2026-10-08T23:59:59+08:00',
      regulation: { id: 'sample', version: '2026-1', title: '示例规则 2026-1', notice: null },
      methodVersion: '1.0',
      isSynthetic: false,
    },
    base: { timeliness: 30, completeness: 20, truthfulness: 20, discipline: 20, filing: 10 },
    now: '2026-10-08T23:59:59+08:00',
    version: '0.1.0',
  },
}
const clean = { ...makeJob().result!, rejected: 0, errors: [] }

afterEach(() => {
  vi.unstubAllGlobals()
})

function mountJob(
  job: ImportJob | (() => ImportJob),
  locale: 'zh-CN' | 'en' = 'zh-CN',
  more: Record<string, unknown> = {},
) {
  return mountApp(ImportsPage, {
    answers: { meta, import: { job, history: [], ...more } },
    at: `/imports?kind=reports&import=${ID}`,
    locale,
  })
}

/** A server at the other end of an upload; `answer` decides what it does. */
function stubUpload(answer: (request: FakeRequest) => void): void {
  vi.stubGlobal(
    'XMLHttpRequest',
    class extends FakeRequest {
      override send(): void {
        answer(this)
      }
    },
  )
}

class FakeRequest extends EventTarget {
  readonly upload = new EventTarget()
  readonly headers = new Map<string, string>()
  status = 0
  responseText = ''
  url = ''
  open(_: string, url: string): void {
    this.url = url
  }
  setRequestHeader(name: string, value: string): void {
    this.headers.set(name, value)
  }
  abort(): void {
    this.dispatchEvent(new Event('abort'))
  }
  send(): void {}
  answer(status: number, body: unknown): void {
    this.status = status
    this.responseText = JSON.stringify(body)
    this.dispatchEvent(new Event('load'))
  }
}

async function choose(wrapper: Awaited<ReturnType<typeof mountJob>>['wrapper'], file: File): Promise<void> {
  const input = wrapper.get<HTMLInputElement>('input[type=file]')
  Object.defineProperty(input.element, 'files', { value: [file], configurable: true })
  await input.trigger('change')
  await flushPromises()
}

const csv = () => new File(['event_code'], '三季度.csv')

describe('ImportsPage: choosing a file', () => {
  function mountEmpty(locale: 'zh-CN' | 'en' = 'zh-CN') {
    return mountApp(ImportsPage, {
      answers: { meta, import: { job: makeJob(), history: [] } },
      at: '/imports?kind=checks',
      locale,
    })
  }

  it('offers the template of the chosen kind in the language of the page', async () => {
    const { wrapper } = await mountEmpty()
    expect(wrapper.get('a[download]').attributes('href')).toBe('/files/templates/checks.xlsx?lang=zh-CN')
    await expectAccessible(wrapper.element.parentElement!)
  })

  it('says what is wrong with a file before it is sent', async () => {
    const { wrapper } = await mountEmpty()
    await choose(wrapper, new File(['x'], '三季度.xls'))
    expect(wrapper.get('[role=alert]').text()).toContain('三季度.xls 是旧版表格格式。')
  })

  it('sends the file with its kind and puts the import into the address', async () => {
    let url = ''
    stubUpload((request) => {
      url = request.url
      request.answer(201, { importId: ID })
    })
    const { wrapper, router } = await mountEmpty()
    await choose(wrapper, csv())
    await flushPromises()
    expect(decodeURIComponent(url)).toBe('/files/imports?kind=checks&fileName=三季度.csv')
    expect(router.currentRoute.value.query['import']).toBe(ID)
    expect(wrapper.text()).toContain('5 行有误，407 行无误；还没有写入。')
  })

  it('says that the upload was cut off and that nothing changed', async () => {
    stubUpload((request) => request.dispatchEvent(new Event('error')))
    const { wrapper } = await mountEmpty()
    await choose(wrapper, csv())
    expect(wrapper.text()).toContain('上传中断，文件没有传完，已有数据不变。')
  })

  it('says that a file is too large', async () => {
    stubUpload((request) =>
      request.answer(422, { code: 'invalid', reason: 'upload_too_large', params: { limit: '200' } }),
    )
    const { wrapper } = await mountEmpty()
    await choose(wrapper, csv())
    expect(wrapper.text()).toContain('三季度.csv 超过 200 MB')
  })

  it('says how the demonstration city is replaced, with the commands', async () => {
    stubUpload((request) => request.answer(409, { code: 'conflict', reason: 'demonstration_in_place', params: {} }))
    for (const locale of ['zh-CN', 'en'] as const) {
      const { wrapper } = await mountEmpty(locale)
      await choose(wrapper, csv())
      expect(wrapper.findAll('code').map((code) => code.text())).toEqual([
        expect.stringMatching(/^npx zhidu import units \S+$/),
        'npm start -- --empty',
      ])
      expect(wrapper.text()).not.toMatch(/imports\.[a-z]/)
      await expectAccessible(wrapper.element.parentElement!)
      wrapper.unmount()
    }
  })

  it('offers a system administrator the units alone, and a clerk every kind', async () => {
    const forAdministrator = await mountApp(ImportsPage, {
      answers: {
        meta,
        import: { history: [] },
        session: { get: makeSession({ account: makeAccount(['system_admin'], { unitCode: null }) }) },
      },
      at: '/imports?kind=reports',
    })
    expect(forAdministrator.wrapper.findAll('input[type="radio"]').map((each) => each.attributes('value'))).toEqual([
      'units',
    ])
    expect(forAdministrator.wrapper.get('h2').text()).toBe('单位')
    forAdministrator.wrapper.unmount()
    const { wrapper } = await mountEmpty()
    expect(wrapper.findAll('input[type="radio"]')).toHaveLength(11)
  })

  it('stops the upload when asked to', async () => {
    stubUpload(() => {})
    const { wrapper } = await mountEmpty()
    await choose(wrapper, csv())
    expect(wrapper.text()).toContain('第 1 步共 5 步')
    await wrapper
      .findAll('button')
      .find((button) => button.text() === '取消导入')!
      .trigger('click')
    await flushPromises()
    expect(wrapper.text()).toContain('上传已取消，没有写入。')
  })
})

describe('ImportsPage: a preview', () => {
  it('marks refused cells, says why and what would be right, and keeps 全部导入 off with its reason', async () => {
    const { wrapper } = await mountJob(makeJob())
    expect(wrapper.findAll('td.refused').map((cell) => cell.text())).toEqual([
      'D53',
      '四级',
      '2026-08-17 13:22',
      '（空）',
    ])
    expect(wrapper.text()).toContain('填 D01 至 D35 或 C01 至 C05；最接近的是 D35 市气象局')
    const all = wrapper.findAll('button').find((button) => button.text() === '全部导入')!
    expect(all.attributes('disabled')).toBeDefined()
    expect(wrapper.get(`#${all.attributes('aria-describedby')}`).text()).toBe('5 行有误，改好后重新选择文件')
    expect(wrapper.find(`a[href^="/files/imports/${ID}/refused.xlsx"]`).exists()).toBe(true)
    await expectAccessible(wrapper.element.parentElement!)
  })

  it('imports the valid rows only when asked to', async () => {
    const inputs: unknown[] = []
    const commit = (input: unknown) => {
      inputs.push(input)
      return makeJob({ phase: 'done' })
    }
    const { wrapper } = await mountJob(makeJob(), 'zh-CN', { commit })
    await wrapper
      .findAll('button')
      .find((button) => button.text() === '只导入 407 行无误的')!
      .trigger('click')
    await flushPromises()
    expect(inputs).toEqual([{ importId: ID, acceptValid: true }])
    expect(wrapper.get('.headline').text()).toContain('5 行有误没有导入')
  })

  it('imports everything of a clean file', async () => {
    const commit = () => makeJob({ phase: 'done', result: clean, errorTotal: 0 })
    const { wrapper } = await mountJob(
      makeJob({ result: clean, errorTotal: 0, sample: { columns: [], rows: [] } }),
      'zh-CN',
      { commit },
    )
    await wrapper
      .findAll('button')
      .find((button) => button.text() === '全部导入')!
      .trigger('click')
    await flushPromises()
    expect(wrapper.get('.headline').text()).toBe('已导入：新增 286 行，更新 14 行，107 行无变化。')
  })

  it('keeps the preview and says why when the server refuses', async () => {
    const commit = () => {
      throw new Refusal('network')
    }
    const { wrapper } = await mountJob(makeJob(), 'zh-CN', { commit })
    await wrapper
      .findAll('button')
      .find((button) => button.text().startsWith('只导入'))!
      .trigger('click')
    await flushPromises()
    expect(wrapper.get('[role=alert]').text()).toContain('已有数据不变，可以再试。')
    expect(wrapper.findAll('td.refused')).toHaveLength(4)
  })

  it('has every text in English too', async () => {
    const { wrapper } = await mountJob(
      makeJob({ warningTotal: 1, result: { ...makeJob().result!, warnings: makeJob().result!.errors.slice(0, 1) } }),
      'en',
    )
    expect(wrapper.text()).not.toMatch(/imports\.|words\./)
  })
})

describe('ImportsPage: how an import ends', () => {
  it('says why a file was refused and what to do', async () => {
    const failure = { code: 'html', reason: '这是一个网页，不是表格文件。', accepted: '请在来源系统里导出 .xlsx。' }
    const { wrapper } = await mountJob(
      makeJob({ phase: 'refused', result: null, sample: { columns: [], rows: [] }, failure }),
    )
    expect(wrapper.get('.headline').text()).toContain('没有导入，已有数据不变。')
    expect(wrapper.text()).toContain('这是一个网页，不是表格文件。')
    expect(wrapper.text()).toContain('请在来源系统里导出 .xlsx。')
    await expectAccessible(wrapper.element.parentElement!)
  })

  it('says that the server no longer knows the import', async () => {
    const { wrapper } = await mountJob(() => {
      throw new Refusal({ code: 'not_found', reason: 'import_unknown' })
    })
    expect(wrapper.text()).toContain('服务器重新启动过，或这次导入太久以前。')
  })

  it('shows the step, how far it is, and lets it be cancelled', async () => {
    const progress = { rowsRead: 21_000, bytesRead: 40, bytesTotal: 100, step: 2, steps: 5 }
    const cancel = () => makeJob({ phase: 'cancelled', result: null })
    const { wrapper } = await mountJob(makeJob({ phase: 'reading', result: null, progress }), 'zh-CN', { cancel })
    expect(wrapper.text()).toContain('第 2 步共 5 步')
    expect(wrapper.get('[role=progressbar]').attributes('aria-valuenow')).toBe('40')
    expect(wrapper.text()).toContain('已读 21,000 行，40%')
    await expectAccessible(wrapper.element.parentElement!)
    await wrapper
      .findAll('button')
      .find((button) => button.text() === '取消导入')!
      .trigger('click')
    await flushPromises()
    expect(wrapper.get('.headline').text()).toBe('已取消，没有写入，已有数据不变。')
  })

  it('can be taken back while it is being written, because nothing counts before all of it does', async () => {
    const cancel = () => makeJob({ phase: 'cancelled', result: null })
    const { wrapper } = await mountJob(makeJob({ phase: 'writing', result: null }), 'zh-CN', { cancel })
    expect(wrapper.text()).toContain('第 5 步共 5 步')
    await wrapper
      .findAll('button')
      .find((button) => button.text() === '取消导入')!
      .trigger('click')
    await flushPromises()
    expect(wrapper.get('.headline').text()).toBe('已取消，没有写入，已有数据不变。')
  })
})
