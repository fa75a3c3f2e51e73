import { type Entry, type Inventory, type Note, byText } from "../inventory";
import { declaration } from "./declared";
import { type Language, type Program, UNSAYABLE } from "./language";
import { slugs } from "./names";
import { sharedReferences } from "./references";
import { type Asked, type SourceProgram, resourcesOf } from "./resources";
import { type Template, beyond, exactly, scriptName } from "./templates";

export interface ProgramOptions {
  /** What its project is called. */
  name: string;
  /** What a new source of each connector has anyway. */
  templates: ReadonlyMap<string, Template>;
  /** Whether that is declared all the same. */
  all: boolean;
  language: Language;
  /** Whether what is there is imported by its ids, instead of being taken over by `adopt`. */
  imports: boolean;
}

/** The program that declares the inventory, and what of it cannot be declared. */
export function programOf(inventory: Inventory, options: ProgramOptions, shares = true) {
  const { programs, notes } = declaredBy(inventory, options);
  const objects = programs.flatMap((program) => program.objects);
  const shared = sharedReferences(
    shares ? objects.map(({ inputs, entry }) => ({ inputs, fields: entry.kind.fields })) : [],
  );
  const taken = new Set([...programs.map(({ resource }) => resource), ...shared.all.map(([name]) => name)]);
  const asked: Asked = { secrets: [], values: [] };
  const { name, imports } = options;
  const sources = programs.map((program) => resourcesOf(program, { shared, taken, asked, imports }));
  return { program: { name, sources, shared, asked } satisfies Program, notes };
}

function declaredBy(inventory: Inventory, { templates, all, language }: ProgramOptions) {
  const unsayable = (key: string) => UNSAYABLE.get(key) ?? language.unsayable?.(key);
  const notes: Note[] = [...inventory.notes];
  const names = slugs(
    inventory.sources.map(({ name }) => name),
    "source",
  );
  const programs = inventory.sources.flatMap((source): SourceProgram[] => {
    const { name } = source;
    const template = templates.get(scriptName(source.inputs["connector"]));
    const declaredOf = (entry: Entry) => {
      const { inputs, notes: told } = declaration(name, entry, inventory, unsayable);
      notes.push(...told);
      return inputs;
    };
    const inputs = declaredOf(source);
    if (inputs === undefined) {
      notes.push({ source: name, title: "all of it", why: "without its source nothing of it can be declared" });
      return [];
    }
    const children = source.children.flatMap((entry) => {
      const declared = declaredOf(entry);
      return declared === undefined ? [] : [{ entry, inputs: exactly(entry, declared, template) }];
    });
    const resource = names.get(name) ?? "source";
    const told = all ? inputs : beyond(inputs, template);
    return [{ source: name, resource, objects: [{ entry: source, inputs: told }, ...children] }];
  });
  notes.sort(
    (left, right) =>
      byText(left.source, right.source) || byText(left.title, right.title) || byText(left.why, right.why),
  );
  return { programs: programs.sort((left, right) => byText(left.resource, right.resource)), notes };
}
