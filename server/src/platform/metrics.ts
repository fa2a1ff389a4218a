import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** One value of a gauge with its labels. */
export interface Measured {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** What a gauge is called, means, and how it is read when somebody looks. */
export interface Measure {
  readonly name: string;
  readonly help: string;
  readonly labels: readonly string[];
  read(): Promise<readonly Measured[]> | readonly Measured[];
}

/**
 * Figures of one process in the text format of Prometheus. Labels are names of this program (routes, jobs, states): nothing of a
 * person, no office, no number, so that the series stay few and may be shown to whoever runs the machine.
 */
export class Metrics {
  readonly #registry = new Registry();
  readonly #requests = new Histogram({
    name: 'yingdeng_http_request_seconds',
    help: 'Time from the first byte of a request to the last of its answer',
    labelNames: ['route', 'status'] as const,
    buckets: [0.005, 0.02, 0.05, 0.1, 0.3, 1, 3, 10],
    registers: [this.#registry],
  });
  #watching = false;

  /** Counts an answered request. `route` is a name of the contract, `status` its class such as 2xx. */
  request(route: string, status: number, seconds: number): void {
    this.#requests.observe({ route, status: `${Math.floor(status / 100)}xx` }, seconds);
  }

  /** Adds a figure that is read each time somebody asks. One that cannot be read is left out, the others are told. */
  measure({ name, help, labels, read }: Measure): void {
    const gauge: Gauge = new Gauge({
      name,
      help,
      labelNames: [...labels],
      registers: [this.#registry],
      async collect() {
        gauge.reset();
        try {
          for (const { labels: of, value } of await read()) gauge.set(of, value);
        } catch {
          gauge.reset();
        }
      },
    });
  }

  /** Begins to watch the process itself: event loop, memory, garbage collection. Once; only where somebody can ask for it. */
  watchProcess(): void {
    if (this.#watching) return;
    this.#watching = true;
    collectDefaultMetrics({ register: this.#registry });
  }

  /** Everything as text. */
  text(): Promise<string> {
    return this.#registry.metrics();
  }

  get contentType(): string {
    return this.#registry.contentType;
  }
}
