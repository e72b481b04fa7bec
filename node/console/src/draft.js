// SPDX-License-Identifier: Apache-2.0
// What is half typed outlives a reload in sessionStorage: this tab, this log-in, never the disk of another session.
// Private (sealed) values are never kept.
const PREFIX = 'fundnode.'

export function keep(name, value) {
  try {
    window.sessionStorage.setItem(PREFIX + name, JSON.stringify(value))
  } catch {
    // storage full or switched off: the form still works, it only forgets
  }
}

export function stored(name) {
  try {
    const text = window.sessionStorage.getItem(PREFIX + name)
    return text === null ? null : JSON.parse(text)
  } catch {
    return null
  }
}

export function dropStored(name) {
  try {
    window.sessionStorage.removeItem(PREFIX + name)
  } catch {
    // nothing to drop then
  }
}
