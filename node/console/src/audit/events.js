// SPDX-License-Identifier: Apache-2.0
// How many security events of the last 30 days wait for somebody: the number beside the menu's entry.
import { ref } from 'vue'
import { get } from '../api.js'
import { maySee } from '../session.js'

const WINDOW_MS = 30 * 86400000
export const openEvents = ref(0)

export async function refreshEvents() {
  if (!maySee('identity.security_events')) return
  try {
    openEvents.value = (await get(`/api/audit/events?from=${Date.now() - WINDOW_MS}`)).open
  } catch {
    openEvents.value = 0 // a badge is no place for a failure; the page itself shows it
  }
}
