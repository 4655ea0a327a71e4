import type { EngineError, EngineErrorCode } from '@zhidu/db'
import type { Language } from './language.ts'

const CHINESE: Readonly<Record<EngineErrorCode, string>> = {
  unsupported_platform: '内置 PostgreSQL 不支持 {platform}。请用 DATABASE_URL 指定 15 或更新版本的 PostgreSQL 服务器。',
  binaries_missing: '没有安装适用于 {platform} 的内置 PostgreSQL。请联网运行 npm run setup。',
  binaries_unusable: '{path} 中的内置 PostgreSQL 在本机不能启动：{detail}',
  data_of_other_major: '{path} 中的数据由 PostgreSQL {found} 建立，本程序带的是 {wanted}。没有改动任何数据。',
  data_folder_foreign: '{path} 不为空，也不是值督的数据目录。没有改动任何文件；请另选目录。',
  data_owner: '{path} 中的数据属于用户 {owner}；请以该用户或 root 运行。',
  disk_full: '{path} 所在磁盘已满。已确认的数据没有丢失；腾出空间后重新启动。',
  permission: '没有访问 {path} 的权限：{detail}',
  no_home_for_engine: '以 root 启动时 PostgreSQL 以用户 {uid} 运行，它不能进入 {path}，也建不了别的目录：{detail}',
  user_unknown: 'PostgreSQL 不能以用户表里没有的用户建立数据（{detail}）。请换一个有记录的用户，或设 DATABASE_URL。',
  socket: 'PostgreSQL 不能在 {path} 打开私有套接字：{detail}',
  password_lost: '内置 PostgreSQL 的口令文件 {path} 丢失或与数据不符。',
  start_failed: 'PostgreSQL 没能在 {path} 启动：{detail}',
  start_timeout: '{path} 的 PostgreSQL {seconds} 秒后仍未就绪。日志：{log}',
  server_url: 'DATABASE_URL 不是 PostgreSQL 服务器地址：{detail}',
  server_unreachable: '连接不上 PostgreSQL 服务器 {server}：{detail}',
  server_authentication: 'PostgreSQL 服务器 {server} 拒绝用户 {user}：{detail}',
  server_database_missing: 'PostgreSQL 服务器 {server} 上没有数据库 {database}。',
  server_too_old: 'PostgreSQL 服务器 {server} 的版本是 {found}，需要 {wanted} 或更新。',
  server_not_utf8: '{server} 上数据库 {database} 的编码是 {found}，需要 UTF8。',
  server_roles:
    '用户 {user} 既不能建立登录角色 {roles}，也不能以它们的身份工作。请由服务器管理员执行：CREATE ROLE zhidu_app; CREATE ROLE zhidu_report; GRANT zhidu_app, zhidu_report TO {user};',
  database_newer: '数据库由更新版本的程序升级过（{migration}）。没有改动任何数据；请更新程序。',
  already_serving: '这份数据已有值督在运行：进程 {pid}，地址 {address}{host}，{since} 启动。',
}

/** What keeps the database from being used, in the user's language. */
export function engineErrorWords(error: EngineError, language: Language): string {
  if (language === 'en') return error.message
  return CHINESE[error.code].replace(/\{(\w+)\}/g, (_, key: string) => error.params[key] ?? '')
}
