import { DOMParser, type Element } from "@xmldom/xmldom";

export type { Element };

/** The attributes of an element of XML, by their names. */
export type XmlAttributes = Readonly<Record<string, string>>;

/** The elements of a name anywhere in a text of XML; none where the text is none, which a tenant may answer. */
export function elementsNamed(name: string, xml: string): Element[] {
  if (xml.trim() === "") return [];
  try {
    const document = new DOMParser({ onError: lenient }).parseFromString(xml, "text/xml");
    return [...document.getElementsByTagName(name)];
  } catch (error) {
    if (error instanceof Error && error.name === "ParseError") return [];
    throw error;
  }
}

/** What can be read past is: only what is no XML at all ends the reading, by an error of its own. */
const lenient = (): void => undefined;

export const attributesOf = (element: Element): XmlAttributes =>
  Object.fromEntries([...element.attributes].map(({ name, value }) => [name, value]));

/** The elements right below another. */
export const elementsIn = (parent: Element): Element[] =>
  [...parent.childNodes].filter((node): node is Element => node.nodeType === node.ELEMENT_NODE);

/** Those of a name. */
export const childrenNamed = (name: string, parent: Element | undefined): Element[] =>
  parent === undefined ? [] : elementsIn(parent).filter(({ nodeName }) => nodeName === name);
