from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("decisions", "0005_imports_lie_with_the_files")]
    operations = [migrations.DeleteModel(name="ImportRun")]
