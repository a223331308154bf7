// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.web.api;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.security.SecurityScheme;
import org.patchoscope.bot.web.Problem;

/**
 * What programs are told of the addresses under {@code /api}: no pages; a token as what it is, asked for where something is
 * written; and problem details for all that is not done.
 */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public final class ApiDocument implements OASFilter {
    private static final String TOKEN = "token";
    private static final String PROBLEM = "Problem";
    private static final List<String> WRITING = List.of("/api/submit", "/api/series/{id}/");

    /** Made by the framework. */
    public ApiDocument() {}

    @Override
    public void filterOpenAPI(OpenAPI document) {
        List<String> others = document.getPaths().getPathItems().keySet().stream()
                .filter(p -> !p.startsWith("/api/"))
                .toList();
        others.forEach(document.getPaths()::removePathItem);
        if (document.getComponents() == null) {
            document.setComponents(OASFactory.createComponents());
        }
        document.getComponents()
                .setSecuritySchemes(Map.of(
                        TOKEN,
                        OASFactory.createSecurityScheme()
                                .type(SecurityScheme.Type.HTTP)
                                .scheme("bearer")));
        document.getComponents().addSchema(PROBLEM, problem());
        document.setSecurity(new ArrayList<>());
        document.getPaths().getPathItems().forEach(ApiDocument::describe);
    }

    private static void describe(String path, PathItem item) {
        for (Operation operation : item.getOperations().values()) {
            boolean writes = WRITING.stream().anyMatch(path::startsWith);
            operation.setSecurity(
                    writes ? List.of(OASFactory.createSecurityRequirement().addScheme(TOKEN)) : new ArrayList<>());
            List.of("401", "403").forEach(operation.getResponses()::removeAPIResponse);
            operation.getResponses().addAPIResponse("default", refused());
        }
    }

    private static APIResponse refused() {
        return OASFactory.createAPIResponse()
                .description("It is not done, for that reason.")
                .content(OASFactory.createContent()
                        .addMediaType(
                                Problem.TYPE,
                                OASFactory.createMediaType()
                                        .schema(OASFactory.createSchema().ref(PROBLEM))));
    }

    private static Schema problem() {
        Schema out = OASFactory.createSchema().addType(Schema.SchemaType.OBJECT);
        for (String name : List.of("type", "title", "detail", "advice")) {
            out.addProperty(name, OASFactory.createSchema().addType(Schema.SchemaType.STRING));
        }
        out.addProperty("status", OASFactory.createSchema().addType(Schema.SchemaType.INTEGER));
        return out.required(List.of("type", "title", "status", "detail", "advice"));
    }
}
