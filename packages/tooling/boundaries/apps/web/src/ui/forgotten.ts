export const forgotten = 'nobody imports this file' // breaks: knip/files
