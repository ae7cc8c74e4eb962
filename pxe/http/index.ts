/** Public face of `pxe/http`. */
export { httpCode } from './codes.ts';
export { checkHttpLimits, defaultHttpLimits, type HttpLimits } from './limits.ts';
export { openHttpServer } from './open.ts';
export { openOperationServer, type OperationOptions, type OperationServer } from './operation.ts';
export {
  prometheusText,
  type HistogramSample,
  type MetricFamily,
  type MetricLabels,
  type MetricSample,
} from './prometheus.ts';
export type { HttpCounts, HttpOwner, HttpServer, HttpServerOptions } from './server-types.ts';
