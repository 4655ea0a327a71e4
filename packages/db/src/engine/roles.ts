/** Log-in of the server's requests: owns nothing, passes every row-level policy, deletes no fact. */
export const APP_ROLE = 'zhidu_app'
/** Log-in for comparison among peers: reads facts, writes nothing, knows no account. */
export const REPORT_ROLE = 'zhidu_report'
