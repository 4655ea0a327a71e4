import type { Language } from '../context.ts'
import type { ErrorBody } from '../request-error.ts'

/** What /api/v1 says of a failure: the body of every other edge, and a sentence for whoever reads the log of a program. */
export interface RestErrorBody extends ErrorBody {
  readonly message: string
}

type Words = Readonly<Record<Language, string>>

/** Sentences of refusals by reason; `{name}` is filled from `params`. */
const WORDS: Readonly<Record<string, Words>> = {
  token_needed: {
    'zh-CN': '请在 Authorization 头中给出接口密钥：Bearer zhidu_…',
    en: 'Give a key in the Authorization header: Bearer zhidu_…',
  },
  token_unknown: {
    'zh-CN': '接口密钥不存在、已撤销或已过期。',
    en: 'The key is unknown, revoked or expired.',
  },
  token_forbids: {
    'zh-CN': '此密钥不可对“{kind}”这样做：没有这一类，或只读。',
    en: 'This key does not allow that for “{kind}”: the kind is not among its own, or it may only read.',
  },
  units_need_top: {
    'zh-CN': '只有最上级单位的密钥可以写入单位。',
    en: 'Only a key of the top unit may write units.',
  },
  demonstration_in_place: {
    'zh-CN': '系统中仍是演示数据，请先在本机导入真实单位。',
    en: 'The demonstration data are still in place: import the real units at the machine first.',
  },
  unknown_request: { 'zh-CN': '没有这个地址。', en: 'There is no such address.' },
  method_refused: { 'zh-CN': '此地址不支持这个方法。', en: 'This address does not answer that method.' },
  invalid_request: { 'zh-CN': '参数不对：{field}', en: 'A parameter is wrong: {field}' },
  cursor_unknown: { 'zh-CN': 'cursor 不是上一页给出的 next。', en: 'The cursor is not the “next” of a page.' },
  group_unknown: {
    'zh-CN': '{quarter} 没有考核分组“{group}”，或其中没有您可查看的单位。',
    en: '{quarter} has no peer group “{group}” with a unit in reach.',
  },
  regulation_none: { 'zh-CN': '这个季度没有生效的办法。', en: 'No rules are in force in this quarter.' },
  body_not_json: { 'zh-CN': '请求正文不是 JSON。', en: 'The body is not JSON.' },
  records_wanted: {
    'zh-CN': '正文须为 {"records": [ … ]}，1 至 {limit} 条。',
    en: 'The body must be {"records": [ … ]} with 1 to {limit} records.',
  },
  record_form: { 'zh-CN': '第 {row} 条不是对象。', en: 'Record {row} is not an object.' },
  record_empty: { 'zh-CN': '第 {row} 条没有内容。', en: 'Record {row} is empty.' },
  record_value: {
    'zh-CN': '第 {row} 条的 {field} 须为文字、数字、空值或它们的列表。',
    en: '“{field}” of record {row} must be text, a number, null, or a list of these.',
  },
  masked_value: {
    'zh-CN': '第 {row} 条的 {field} 是遮盖后的姓名或号码，写入会覆盖原值；请给出全文。',
    en: '“{field}” of record {row} is a masked name or number and would replace the true one; give it in full.',
  },
  idempotency_key_form: {
    'zh-CN': 'Idempotency-Key 须为 1 至 255 个可见的 ASCII 字符。',
    en: 'An Idempotency-Key has 1 to 255 visible ASCII characters.',
  },
  idempotency_key_reused: {
    'zh-CN': '这个 Idempotency-Key 已用于另一请求。',
    en: 'This Idempotency-Key came with another request before.',
  },
  idempotency_in_flight: {
    'zh-CN': '带有这个 Idempotency-Key 的请求仍在处理，请稍后再试。',
    en: 'The request with this Idempotency-Key is still at work; try again shortly.',
  },
  too_many_requests: {
    'zh-CN': '此密钥一分钟内最多 {limit} 次请求，请在 {seconds} 秒后再试。',
    en: 'This key may ask {limit} times a minute; try again in {seconds} seconds.',
  },
  too_many_waiting: {
    'zh-CN': '等待写入的请求太多，请稍后再试。',
    en: 'Too many writes are waiting; try again later.',
  },
  host_refused: { 'zh-CN': '本系统不以这个主机名应答。', en: 'This system does not answer to that host name.' },
  origin_refused: {
    'zh-CN': '来自其他网站或带有 Cookie 的更改不予受理。',
    en: 'Changes from pages of other sites, or with a cookie, are refused.',
  },
  address_too_long: { 'zh-CN': '地址太长。', en: 'The address is too long.' },
  content_type_refused: { 'zh-CN': '正文类型须为 application/json。', en: 'Send the body as application/json.' },
  request_too_large: { 'zh-CN': '请求正文最大 1 MB。', en: 'A body has at most 1 MB.' },
}

/** For reasons without a sentence of their own. */
const WORDS_OF_CODE: Readonly<Record<ErrorBody['code'], Words>> = {
  not_found: { 'zh-CN': '没有找到。', en: 'Not found.' },
  forbidden: { 'zh-CN': '没有权限。', en: 'Not allowed.' },
  conflict: { 'zh-CN': '与现有内容冲突。', en: 'It conflicts with what is there.' },
  invalid: { 'zh-CN': '请求不对。', en: 'The request is not valid.' },
  unauthenticated: { 'zh-CN': '需要接口密钥。', en: 'A key is needed.' },
  limited: { 'zh-CN': '请求太多，请稍后再试。', en: 'Too many requests; try again later.' },
  internal: {
    'zh-CN': '系统出错，请把编号 {errorNumber} 告诉管理员。',
    en: 'Something went wrong; tell the administrator the number {errorNumber}.',
  },
}

/** Words a failure in the language asked for. */
export function toRestError(error: ErrorBody, language: Language): RestErrorBody {
  const words = Object.hasOwn(WORDS, error.reason) ? WORDS[error.reason] : undefined
  const params = new Map([...Object.entries(error.params), ['errorNumber', error.errorNumber ?? '']])
  const template = (words ?? WORDS_OF_CODE[error.code])[language]
  return { ...error, message: template.replace(/\{(\w+)\}/g, (whole, name: string) => params.get(name) ?? whole) }
}
