// SPDX-License-Identifier: Apache-2.0
// ECharts is heavy; it is fetched when a page first draws.
import { defineAsyncComponent } from 'vue'
import Loading from './components/LoadingBlock.vue'

export const FigureChart = defineAsyncComponent({
  loader: () => import('./components/FigureChart.vue'), loadingComponent: Loading, delay: 150,
})
