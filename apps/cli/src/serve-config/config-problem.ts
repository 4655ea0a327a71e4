import type { Language } from '../language.ts'

interface Words {
  /** What is wrong; `{name}` is filled from the problem. */
  readonly wrong: string
  /** What would be accepted. */
  readonly accepted: string
}

const https = {
  'zh-CN':
    '可选其一：ZHIDU_TLS_CERT 与 ZHIDU_TLS_KEY；或 ZHIDU_ORIGIN=https://… 并用 ZHIDU_TRUSTED_PROXIES 写明反向代理地址；或只监听本机 HOST=127.0.0.1',
  en: 'either ZHIDU_TLS_CERT and ZHIDU_TLS_KEY; or ZHIDU_ORIGIN=https://… with the proxy in ZHIDU_TRUSTED_PROXIES; or this machine alone, HOST=127.0.0.1',
}

/** Every way in which a setting can be wrong, worded. Values that hold secrets are never repeated. */
const PROBLEM_WORDS = {
  host: {
    'zh-CN': { wrong: '不是可监听的地址', accepted: 'IPv4 或 IPv6 地址，或 localhost；默认 127.0.0.1' },
    en: {
      wrong: 'is no address to listen on',
      accepted: 'an IPv4 or IPv6 address, or localhost; 127.0.0.1 by default',
    },
  },
  port: {
    'zh-CN': { wrong: '不是端口号', accepted: '0 到 65535 的整数，默认 3000' },
    en: { wrong: 'is no port', accepted: 'a whole number from 0 to 65535, 3000 by default' },
  },
  beyond_plain: {
    'zh-CN': { wrong: '别的机器能连到这个地址，而连接没有加密', accepted: https['zh-CN'] },
    en: { wrong: 'can be reached from other machines, and nothing encrypts the connection', accepted: https.en },
  },
  beyond_origin: {
    'zh-CN': { wrong: '别的机器能连到这个地址，而没有写明用户打开的网址', accepted: 'ZHIDU_ORIGIN=https://名称' },
    en: {
      wrong: 'can be reached from other machines, and nothing says how users find it',
      accepted: 'ZHIDU_ORIGIN=https://name',
    },
  },
  beyond_root: {
    'zh-CN': {
      wrong: '别的机器能连到这个地址，不能以 root 运行',
      accepted: '换用普通用户启动，或只监听本机 HOST=127.0.0.1',
    },
    en: {
      wrong: 'can be reached from other machines, which root does not serve',
      accepted: 'another user, or this machine alone, HOST=127.0.0.1',
    },
  },
  beyond_demonstration: {
    'zh-CN': {
      wrong: '演示数据带有公开的演示账号，只能在本机看',
      accepted: '去掉 --demo，或只监听本机 HOST=127.0.0.1 并去掉 ZHIDU_ORIGIN',
    },
    en: {
      wrong: 'the demonstration has accounts that everybody knows and is for this machine alone',
      accepted: 'no --demo, or HOST=127.0.0.1 without ZHIDU_ORIGIN',
    },
  },
  beyond_development: {
    'zh-CN': { wrong: '别的机器能连到这个地址，不能用开发模式', accepted: 'NODE_ENV=production，或不设' },
    en: {
      wrong: 'can be reached from other machines, which is nothing for development',
      accepted: 'NODE_ENV=production, or none',
    },
  },
  origin: {
    'zh-CN': {
      wrong: '不是网址的开头部分',
      accepted: '协议、名称和端口，如 https://zhidu.example 或 https://10.1.2.3:8443，不带路径',
    },
    en: {
      wrong: 'is no origin',
      accepted: 'scheme, name and port such as https://zhidu.example or https://10.1.2.3:8443, without a path',
    },
  },
  origin_plain: {
    'zh-CN': { wrong: '没有加密', accepted: 'https://…；只有本机地址可用 http://' },
    en: { wrong: 'is not encrypted', accepted: 'https://…; http:// for names of this machine alone' },
  },
  proxies: {
    'zh-CN': { wrong: '“{item}”不是地址', accepted: '用逗号隔开的 IP 地址或网段，如 10.1.2.3,10.2.0.0/16' },
    en: {
      wrong: 'has “{item}”, which is no address',
      accepted: 'IP addresses or networks, separated by commas, such as 10.1.2.3,10.2.0.0/16',
    },
  },
  proxies_all: {
    'zh-CN': { wrong: '“{item}”等于相信任何人', accepted: '只写反向代理自己的地址' },
    en: { wrong: 'has “{item}”, which believes everybody', accepted: 'the addresses of the proxies alone' },
  },
  missing_partner: {
    'zh-CN': { wrong: '没有设置，而 {partner} 设置了', accepted: '都设，或都不设' },
    en: { wrong: 'is not set, but {partner} is', accepted: 'all of them, or none' },
  },
  file: {
    'zh-CN': { wrong: '读不了这个文件（{detail}）', accepted: '启动用户能读的文件的路径' },
    en: { wrong: 'cannot be read ({detail})', accepted: 'the path of a file that the starting user can read' },
  },
  file_exposed: {
    'zh-CN': { wrong: '本机所有用户都能读（权限 {mode}）', accepted: 'chmod 600，或 640' },
    en: { wrong: 'can be read by every user of this machine (mode {mode})', accepted: 'chmod 600, or 640' },
  },
  certificate: {
    'zh-CN': { wrong: '不是 PEM 格式的证书', accepted: '证书在前、中间证书随后的 PEM 文件' },
    en: { wrong: 'is no certificate in PEM', accepted: 'a PEM file, the certificate first, then its chain' },
  },
  certificate_time: {
    'zh-CN': { wrong: '证书不在有效期内（{from} 至 {to}）', accepted: '有效期内的证书' },
    en: { wrong: 'is valid from {from} to {to} only', accepted: 'a certificate that is valid now' },
  },
  key: {
    'zh-CN': { wrong: '不是没有口令的 PEM 私钥', accepted: '没有口令的 PEM 私钥文件' },
    en: {
      wrong: 'is no private key in PEM without a password',
      accepted: 'a PEM file with a private key, without a password',
    },
  },
  key_mismatch: {
    'zh-CN': { wrong: '与 ZHIDU_TLS_CERT 的证书不配对', accepted: '该证书的私钥' },
    en: { wrong: 'does not belong to the certificate in ZHIDU_TLS_CERT', accepted: "that certificate's key" },
  },
  secret: {
    'zh-CN': {
      wrong: '里面不是 32 字节（现有 {length} 字节）',
      accepted: '32 个随机字节或 64 个十六进制数字：openssl rand -hex 32',
    },
    en: {
      wrong: 'does not hold 32 bytes (it has {length})',
      accepted: '32 random bytes, or 64 hexadecimal digits: openssl rand -hex 32',
    },
  },
  secret_example: {
    'zh-CN': { wrong: '里面是示例，不是随机数', accepted: '自己生成：openssl rand -hex 32' },
    en: { wrong: 'holds an example, nothing random', accepted: 'one of your own: openssl rand -hex 32' },
  },
  folder: {
    'zh-CN': { wrong: '不是目录', accepted: '一个目录的路径，不存在时会建立' },
    en: { wrong: 'is no folder', accepted: 'the path of a folder; it is made when it is not there' },
  },
  database_url: {
    'zh-CN': {
      wrong: '不是 PostgreSQL 服务器地址（内含口令，不显示）',
      accepted: 'postgresql://用户:口令@主机:5432/数据库',
    },
    en: {
      wrong: 'is no PostgreSQL server (not shown, for its password)',
      accepted: 'postgresql://user:password@host:5432/database',
    },
  },
  choice: {
    'zh-CN': { wrong: '不在可选值中', accepted: '{choices}；默认 {usual}' },
    en: { wrong: 'is none of the choices', accepted: '{choices}; {usual} by default' },
  },
  number: {
    'zh-CN': { wrong: '不是范围内的整数', accepted: '{least} 到 {most} 的整数，默认 {usual}' },
    en: {
      wrong: 'is no whole number in its range',
      accepted: 'a whole number from {least} to {most}, {usual} by default',
    },
  },
  idle_over_whole: {
    'zh-CN': { wrong: '比 ZHIDU_SESSION_HOURS 还长', accepted: '不超过 {most} 分钟' },
    en: { wrong: 'is longer than ZHIDU_SESSION_HOURS', accepted: 'at most {most} minutes' },
  },
  issuer: {
    'zh-CN': { wrong: '不是单点登录服务的地址', accepted: 'https 地址，如 https://sso.example/realms/gov' },
    en: {
      wrong: 'is no issuer of single sign-on',
      accepted: 'an https address such as https://sso.example/realms/gov',
    },
  },
  token: {
    'zh-CN': { wrong: '里面不是可用的令牌', accepted: '32 到 200 个可见字符，不含空格：openssl rand -hex 32' },
    en: {
      wrong: 'holds no token that can be used',
      accepted: '32 to 200 visible characters without blanks: openssl rand -hex 32',
    },
  },
  empty: {
    'zh-CN': { wrong: '是空的', accepted: '{what}' },
    en: { wrong: 'is empty', accepted: '{what}' },
  },
} as const satisfies Record<string, Readonly<Record<Language, Words>>>

/** A setting that keeps the server from starting. `value` null = absent, or not to be shown. */
export interface ConfigProblem {
  readonly variable: string
  readonly value: string | null
  readonly code: keyof typeof PROBLEM_WORDS
  readonly params: Readonly<Record<string, string>>
}

const MAX_VALUE_CHARACTERS = 200

/** `PORT=80a：不是端口号。可填：…` on one line. */
export function wordProblem(problem: ConfigProblem, language: Language): string {
  const words: Words = PROBLEM_WORDS[problem.code][language]
  const fill = (text: string): string => text.replace(/\{(\w+)\}/g, (_, key: string) => problem.params[key] ?? '')
  // A control character could rewrite the line above it.
  const value = problem.value?.slice(0, MAX_VALUE_CHARACTERS).replace(/\p{Cc}/gu, '\uFFFD') ?? null
  const name = value === null ? problem.variable : `${problem.variable}=${value}`
  return language === 'en'
    ? `${name}: ${fill(words.wrong)}. Accepted: ${fill(words.accepted)}.`
    : `${name}：${fill(words.wrong)}。可填：${fill(words.accepted)}。`
}
