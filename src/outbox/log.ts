/** The part of a logger that deliveries use; records hold ids and codes, never what people said. */
export interface DeliveryLog {
  info(record: Record<string, unknown>, message: string): void;
  warn(record: Record<string, unknown>, message: string): void;
  error(record: Record<string, unknown>, message: string): void;
}
