"""Districts and their schools, the city's working calendar and policy values, the articles that everything cites."""
