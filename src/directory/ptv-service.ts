import { z } from 'zod';

// In version 11 nearly everything may be absent or null, lists and what they hold included.
const text = z.string().nullish();
const list = <S extends z.ZodType>(item: S) =>
  z
    .array(item.nullable())
    .nullish()
    .transform((all) => (all ?? []).filter((one) => one !== null));

const inLanguage = z.object({ language: text, value: text, type: text });
const coded = z.object({ code: text });
const named = z.object({ id: text, name: text });

const channel = z.object({
  serviceChannel: named.nullish(),
  contactDetails: z
    .object({
      emails: list(z.object({ value: text })),
      phoneNumbers: list(
        z.object({ type: text, prefixNumber: text, number: text, isFinnishServiceNumber: z.boolean().nullish() }),
      ),
      webPages: list(z.object({ url: text })),
    })
    .nullish(),
});

/** A service as version 11 of the PTV Open API gives it (`V11VmOpenApiService`), as far as the directory needs it. */
export const ptvService = z.object({
  id: z.guid(),
  serviceNames: list(inLanguage),
  serviceDescriptions: list(inLanguage),
  serviceChargeType: text,
  areaType: text,
  areas: list(z.object({ type: text, code: text, municipalities: list(coded) })),
  languages: list(z.string()),
  keywords: list(inLanguage),
  requirements: list(inLanguage),
  serviceClasses: list(coded),
  targetGroups: list(coded),
  serviceChannels: list(channel),
  organizations: list(z.object({ organization: named.nullish(), roleType: text })),
  publishingStatus: text,
  modified: text,
});
export type PtvService = z.infer<typeof ptvService>;

/** A page of services (`V11VmOpenApiServicesWithPaging`). */
export const ptvPage = z.object({ pageCount: z.int().nullish(), itemList: list(z.unknown()) });
