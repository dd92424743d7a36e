/**
 * A file of the toolbox that cannot be used. Names the file, the place in it (`items[3].text`, `line 12`) and the rule;
 * never what stands there.
 */
export class ContentInvalid extends Error {
  readonly code = 'content_invalid';
  readonly file: string;
  readonly place: string;

  constructor(file: string, place: string, rule: string) {
    super(`content_invalid: content/${file}, ${place}: ${rule}. Mend this place and start again.`);
    this.name = 'ContentInvalid';
    this.file = file;
    this.place = place;
  }
}
