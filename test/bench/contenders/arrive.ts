import 'arrive';
import { followRow } from '../recycled';

declare global {
  interface Document {
    arrive(selector: string, options: { existing: boolean }, found: (element: Element) => void): void;
  }
}

document.arrive('._5_n1', { existing: true }, followRow);
