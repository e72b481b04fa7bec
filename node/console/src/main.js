// SPDX-License-Identifier: Apache-2.0
import './ui.js'
import { createApp } from 'vue'
import App from './App.vue'
import { startAddress } from './address.js'
import { whenExpired } from './api.js'
import { forgetSession, loadSession, session } from './session.js'

startAddress()
whenExpired(() => {
  if (session.state === 'in') session.expired = true /* the page stays, the log-in comes over it */
  else forgetSession()
})
createApp(App).mount('#app')
loadSession()
