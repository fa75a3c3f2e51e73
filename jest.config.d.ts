export let projects: {
    displayName: any;
    testMatch: string[];
    transform: {
        "^.+\\.ts$": (string | {
            jsc: {
                parser: {
                    syntax: string;
                };
                target: string;
                keepClassNames: boolean;
            };
            module: {
                type: string;
                ignoreDynamic: boolean;
            };
        })[];
    };
    testEnvironment: string;
    modulePathIgnorePatterns: string[];
    moduleNameMapper: {
        "^(?:\\.\\./)+(provider|simulator)/src/(.*)$"?: string;
        "^pulumi-sailpoint$": string;
        "^pulumi-sailpoint/dynamic$": string;
        "^pulumi-sailpoint/api$": string;
        "^sailpoint-simulator$": string;
    };
}[];
export let testTimeout: number;
export let maxWorkers: number;
export let reporters: (string | (string | {
    file: string;
})[])[];
//# sourceMappingURL=jest.config.d.ts.map