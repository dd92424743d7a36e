/** One thing that `doctor` looked at, and what is to be said of it. */
export interface Finding {
  readonly check: string;
  readonly is: 'good' | 'note' | 'bad';
  readonly says: string;
}

export const good = (check: string, says: string): Finding => ({ check, is: 'good', says });
export const note = (check: string, says: string): Finding => ({ check, is: 'note', says });
export const bad = (check: string, says: string): Finding => ({ check, is: 'bad', says });
