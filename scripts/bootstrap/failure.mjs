import { accessSync, constants } from 'node:fs'

/** What the user is told instead of a stack: one sentence, in Chinese and in English. */
export class Refusal extends Error {
  /** @override */
  name = 'Refusal'

  /**
   * @param {string} chinese
   * @param {string} english
   * @param {string} [detail] output of the failing program, shown only where the cause is not known
   */
  constructor(chinese, english, detail) {
    super(`zhidu: ${chinese}\nzhidu: ${english}`)
    this.detail = detail
  }
}

/** The user pressed Ctrl-C or something else asked us to stop. */
export class Interrupted extends Error {
  /** @override */
  name = 'Interrupted'

  /** @param {NodeJS.Signals} signal */
  constructor(signal) {
    super(signal)
    this.signal = signal
  }
}

const DISK_FULL = /ENOSPC|EDQUOT|no space left on device|disk quota exceeded|os error (28|112|122)\b/i
const DENIED = /EACCES|EPERM|EROFS|permission denied|read-only file system|os error (13|30)\b/i
const CERTIFICATE =
  /SELF_SIGNED_CERT|UNABLE_TO_(GET|VERIFY)|CERT_HAS_EXPIRED|certificate verify|invalid peer certificate|UnknownIssuer/i
const NO_NETWORK = new RegExp(
  [
    'ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ENETDOWN|EPIPE|ENONETWORK',
    'ERR_SOCKET_TIMEOUT|UND_ERR|FETCH_ERROR|Socket timeout|network connectivity|socket hang up',
    'NETWORK_ERROR|META_FETCH_FAIL|error sending request|dns error|connection (refused|reset|closed)|timed out',
  ].join('|'),
  'i',
)
const NOT_THERE = /\bE404\b|ETARGET|FETCH_404|No matching version|404 Not Found/i

/** @param {string} folder @returns {boolean} */
export function isWritable(folder) {
  try {
    accessSync(folder, constants.W_OK | constants.X_OK)
    return true
  } catch {
    return false
  }
}

/**
 * @param {string} text @returns {string} the first path the text complains about, for the sentence; '' when it names none
 */
function deniedPath(text) {
  return /(?:EACCES|EPERM|EROFS)[^\n]*?'([^'\n]+)'/.exec(text)?.[1] ?? ''
}

/** @param {string} folder @returns {Refusal} */
export function notWritable(folder) {
  return new Refusal(
    `没有权限写入 ${folder}；请换一个可写的文件夹，或让管理员授权后再运行。`,
    `Cannot write to ${folder}; use a folder that you can write to, or ask for the permission, and run the command again.`,
  )
}

/** @param {string} folder @returns {Refusal} */
export function diskFull(folder) {
  return new Refusal(
    `磁盘已满，无法写入 ${folder}；请腾出约 3 GB 空间后再运行。`,
    `The disk that holds ${folder} is full; free about 3 GB and run the command again.`,
  )
}

/** @param {string} text @param {{ chinese: string, english: string }} doing @returns {Refusal} */
function unexplained(text, doing) {
  return new Refusal(`${doing.chinese}失败，原因见下。`, `${doing.english} failed; the reason is below.`, text)
}

/**
 * Turns what npm, pnpm or the system said into the one sentence that helps.
 * @param {string} text output of the program that failed, or the message of a system error
 * @param {{ root: string, doing: { chinese: string, english: string }, isOnline: boolean }} context `isOnline`: whether the work uses the network
 * @returns {Refusal}
 */
export function explainFailure(text, { root, doing, isOnline }) {
  // A line broken by pnpm's box drawing would hide the words we look for.
  const flat = text.replace(/\n\s*[│├╰─▶×]*\s*/g, ' ')
  if (DISK_FULL.test(flat)) return diskFull(root)
  if (DENIED.test(flat)) return notWritable(deniedPath(text) || root)
  if (!isOnline) return unexplained(text, doing)
  if (CERTIFICATE.test(flat)) {
    return new Refusal(
      '软件源的证书不受信任；请用 npm config set cafile <证书文件> 指定单位的根证书后再运行。',
      'The certificate of the package registry is not trusted; name your root certificate with npm config set cafile <file> and run the command again.',
    )
  }
  if (NO_NETWORK.test(flat)) {
    return new Refusal(
      '连不上软件源：首次安装（或更新之后）需要联网一次，请检查网络或代理设置后再运行，以后启动不再需要网络。',
      'The package registry cannot be reached: the first installation (and each update) needs the network once; check the network or proxy settings and run the command again.',
    )
  }
  if (NOT_THERE.test(flat)) {
    return new Refusal(
      '所用的软件源没有需要的版本；请用 npm config set registry <地址> 换一个完整的软件源后再运行。',
      'The package registry in use does not have a version that is needed; choose a complete one with npm config set registry <address> and run the command again.',
      text,
    )
  }
  return unexplained(text, doing)
}
