/** A press that came from a person. A script of the page can reach our buttons, and must get nothing done by it. */
export function trusted(press: () => void): (event: Event) => void {
  return (event) => {
    if (event.isTrusted) press();
  };
}
